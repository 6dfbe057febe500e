"""Fetching from strangers, over git's own transports on this machine: without a network."""

import fcntl
import os
import random
import signal
import socket
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from dojo import limits
from dojo.author.grade import fetch as fetching
from dojo.author.grade.problem import Unreadable
from dojo.author.grade.repository import Repository

pytestmark = pytest.mark.timeout(120)

STUB = "katas/kata01_spread/spread.py"
TEXT = "def center(x):\n    return x - x.mean()\n"


@pytest.fixture
def cache(tmp_path):
    """Return the folder in which is kept what was fetched."""
    return tmp_path / "cache"


@pytest.fixture
def fetched(cache):
    """Return `fetched(fork, ref)`: the text of the stub at the commit that was fetched."""

    def text(url, ref="HEAD"):
        url = url.as_uri() if isinstance(url, Path) else url
        with (
            fetching.fetched(url, ref, cache, protocols="file:git") as place,
            closing(Repository(place, "FETCH_HEAD")) as repository,
        ):
            return repository.read(STUB).decode()

    return text


def fetch(*words, **options):
    """Fetch, and read nothing."""
    with fetching.fetched(*words, **options):
        pass


@pytest.fixture
def server(tmp_path):
    """Return the address at which git's own server offers the forks."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (tmp_path / "forks").mkdir()
    command = ["git", "daemon", "--export-all", "--reuseaddr", "--listen=127.0.0.1"]
    command += [f"--port={port}", f"--base-path={tmp_path}/forks", "--informative-errors"]
    process = subprocess.Popen(
        [*command, "--verbose"], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    next(line for line in process.stderr if "Ready to rumble" in line)
    yield f"git://127.0.0.1:{port}"
    os.killpg(process.pid, signal.SIGTERM)
    process.communicate()


@pytest.fixture
def silent():
    """Return a server that takes a connection and says nothing, and its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening, f"git://127.0.0.1:{listening.getsockname()[1]}/ann"


def processes():
    """List the command lines of the programs that run git here."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return [line for line in found if "git" in line]


def test_each_time_the_newest_commit_is_fetched(fork, fetched, git, commit):
    """What is kept of the last time only saves work."""
    folder = fork("ann", {STUB: "first\n"})
    first = git(folder, "rev-parse", "HEAD")
    before = fetched(folder)
    commit(folder, {STUB: "second\n"})

    assert (before, fetched(folder), fetched(folder, first)) == ("first\n", "second\n", "first\n")


def test_a_server_is_asked_for_a_branch_and_a_tag(fork, server, fetched, git, commit):
    """As over https, on which nothing else is different for git."""
    folder = fork("ann", {STUB: "first\n"})
    git(folder, "tag", "--annotate", "--message=x", "v1")
    git(folder, "branch", "old")
    commit(folder, {STUB: "second\n"})

    assert [fetched(f"{server}/ann", ref) for ref in ("HEAD", "old", "v1")] == [
        "second\n",
        "first\n",
        "first\n",
    ]
    with pytest.raises(Unreadable, match="couldn't find remote ref nothing"):
        fetched(f"{server}/ann", "nothing")
    with pytest.raises(Unreadable, match="remote error: no such repository"):
        fetched(f"{server}/nobody")


def test_where_heads_branch_is_gone_the_only_other_one_is_fetched(fork, fetched, git):
    """As from a folder; of several, the sentence names some."""
    folder = fork("ann", {STUB: TEXT})
    git(folder, "symbolic-ref", "HEAD", "refs/heads/master")
    only = fetched(folder)
    git(folder, "branch", "work", "main")
    with pytest.raises(Unreadable, match="name another as its ref, of 'main', 'work'"):
        fetched(folder)
    git(folder, "update-ref", "-d", "refs/heads/main")
    git(folder, "update-ref", "-d", "refs/heads/work")
    with pytest.raises(Unreadable, match="nothing was committed"):
        fetched(folder)

    assert only == TEXT


def test_what_a_killed_fetch_left_behind_does_no_harm(fork, fetched, cache):
    """A lock of git's, which would stop every later fetch."""
    folder = fork("ann", {STUB: TEXT})
    fetched(folder)
    place = next(path for path in cache.iterdir() if path.is_dir())
    (place / "shallow.lock").touch()

    assert fetched(folder) == TEXT


def test_a_team_has_one_repository_that_is_fetched_by_several_at_once(fork, fetched):
    """One after the other, into one folder."""
    folder = fork("team", {STUB: TEXT})
    with ThreadPoolExecutor(4) as threads:
        texts = list(threads.map(fetched, [folder] * 8))

    assert texts == [TEXT] * 8


def test_nobody_fetches_into_what_is_being_read(fork, cache):
    """Git would empty FETCH_HEAD first."""
    folder = fork("team", {STUB: TEXT})
    with fetching.fetched(folder.as_uri(), "HEAD", cache, protocols="file") as place:
        lock = place.with_suffix(".lock").open("w")
        with pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    lock.close()


def test_what_is_kept_does_not_grow_for_ever(fork, fetched, cache, commit, monkeypatch):
    """After some fetches it is begun anew."""
    monkeypatch.setattr(limits, "FETCHED_PACKS", 2)
    folder = fork("ann", {STUB: "0"})
    packs = []
    for n in range(1, 6):
        commit(folder, {STUB: str(n)})
        assert fetched(folder) == str(n)
        packs.append(len(list(cache.glob("*/objects/pack/*.pack"))))

    assert packs == [1, 2, 3, 1, 2]


def test_only_the_named_protocols_are_used(fork, cache):
    """A fork's address cannot choose another one."""
    folder = fork("ann", {STUB: TEXT})
    for url in (folder.as_uri(), "git://127.0.0.1/x", f"ext::touch {cache}"):
        with pytest.raises(Unreadable, match=r"transport '.*' not allowed"):
            fetch(url, "HEAD", cache)


def test_a_submodule_a_filter_and_a_hook_do_not_run(fork, fetched, tmp_path, git, commit):
    """There is no checkout, and nothing but the commit itself is fetched."""
    evil = tmp_path / "evil.sh"
    evil.write_text(f"#!/bin/sh\ntouch {tmp_path}/canary\n")
    evil.chmod(0o755)
    folder = fork("ann", {STUB: TEXT, ".gitattributes": "* filter=evil\n"})
    git(folder, "config", "filter.evil.smudge", evil)
    commit(folder, {".gitmodules": f'[submodule "x"]\n\tpath = x\n\turl = ext::{evil}\n'})

    assert fetched(folder) == TEXT
    assert not (tmp_path / "canary").exists()


def test_nothing_of_the_persons_own_is_used(fork, server, fetched, tmp_path, monkeypatch):
    """Neither settings that would have git go elsewhere nor programs that ask for a password."""
    fork("ann", {STUB: TEXT})
    elsewhere = f'[url "{tmp_path}/nowhere"]\n\tinsteadOf = {server}\n'
    (tmp_path / ".gitconfig").write_text(elsewhere)
    for name in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / ".gitconfig"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("SSH_ASKPASS", "/bin/false")

    assert fetched(f"{server}/ann") == TEXT
    assert fetching.environment("https")["GIT_TERMINAL_PROMPT"] == "0"
    assert fetching.environment("https")["GIT_ASKPASS"] == ""
    assert not {"SSH_ASKPASS", "XDG_CONFIG_HOME"} & set(fetching.environment("https"))


def test_more_than_a_learners_work_is_not_taken(fork, server, cache, monkeypatch, commit):
    """The bytes that are received are bounded, and what came of them is not kept."""
    folder = fork("ann", {STUB: TEXT})
    commit(folder, {"noise": random.Random(1).randbytes(3 * 2**20)})
    fetch(f"{server}/ann", "HEAD", cache, protocols="git")
    monkeypatch.setattr(limits, "FETCH_BYTES", 2**20)
    with pytest.raises(Unreadable, match=r"more than \d+ MB, .* name a bare clone of it\."):
        fetch(f"{server}/ann", "main", cache, protocols="git")

    assert len([path for path in cache.iterdir() if path.is_dir()]) == 1


def test_memory_is_bounded(fork, server, cache, monkeypatch, commit):
    """Each process of git has so much, and says so when that is not enough."""
    folder = fork("ann", {STUB: TEXT})
    commit(folder, {f"{n}": random.Random(n).randbytes(2**19) for n in range(4)})
    monkeypatch.setattr(limits, "FETCH_MEMORY_BYTES", 2**24)
    with pytest.raises(Unreadable, match="takes too much memory or time"):
        fetch(f"{server}/ann", "HEAD", cache, protocols="git")


def test_a_server_that_says_nothing_is_given_up(silent, cache, monkeypatch):
    """After a time, with all processes of that git."""
    _, url = silent
    monkeypatch.setattr(limits, "FETCH_SECONDS", 0.3)
    with pytest.raises(Unreadable, match=r"it took more than 0\.3 s\."):
        fetch(url, "HEAD", cache, protocols="git")

    assert not [line for line in processes() if url in line]
    assert not [path for path in cache.iterdir() if path.is_dir()]


def test_a_fetch_stops_when_nobody_waits_for_it_any_more(silent, cache):
    """As after Ctrl-C, which git in a session of its own does not see."""
    (server, url), stop, said = silent, threading.Event(), []

    def wait():
        with pytest.raises(Unreadable) as error:
            fetch(url, "HEAD", cache, protocols="git", stop=stop)
        said.append(str(error.value))

    thread = threading.Thread(target=wait)
    thread.start()
    connection, _ = server.accept()
    running = [line for line in processes() if url in line]
    stop.set()
    thread.join()
    connection.close()

    assert running
    assert said == ["git cannot fetch it: stopped."]
    assert not [line for line in processes() if url in line]


def test_what_a_server_says_cannot_steer_a_terminal(cache):
    """A character that turns the line around comes out as its number."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer():
            connection, _ = listening.accept()
            text = "ERR \u202e\x1b[2J".encode()
            connection.recv(1000)
            connection.sendall(b"%04x" % (len(text) + 4) + text)
            connection.close()

        threading.Thread(target=answer).start()
        url = f"git://127.0.0.1:{listening.getsockname()[1]}/x"
        with pytest.raises(Unreadable) as error:
            fetch(url, "HEAD", cache, protocols="git")

    assert "remote error: \\u202e" in str(error.value)
    assert str(error.value).isprintable()


def test_an_address_that_nobody_answers_is_tried_once(cache, tmp_path, monkeypatch):
    """Only where there was something to begin anew from is there a second try."""
    calls = tmp_path / "calls"
    program = tmp_path / "git"
    program.write_text(f'#!/bin/sh\necho "$@" >> {calls}\nexit 1\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(Unreadable, match="no reason given"):
        fetch("https://127.0.0.1:1/x", "HEAD", cache)

    assert len(calls.read_text().splitlines()) == 1
