"""Fetching one commit of a learner's repository, by git, within limits.

What comes is a stranger's, and so is how much, how slowly and for how long. git runs with nothing
of the person's own: no settings, no passwords, no programs to ask for one. It fetches no submodule
and checks nothing out. Each of its processes may take so much memory, time and disk and no more.
"""

import fcntl
import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from typing import IO

from dojo import limits
from dojo.author.grade.problem import Unreadable

POLL = 0.05
# What a shell does before it becomes git; sizes of files are in blocks of 512 bytes.
LIMIT = 'ulimit -v "$1"; ulimit -t "$2"; ulimit -f "$3"; ulimit -c 0; shift 3; exec "$@"'
SETTINGS = (
    f"core.hooksPath={os.devnull}",
    "core.fsmonitor=false",
    "core.bigFileThreshold=1m",
    "core.packedGitLimit=64m",
    "core.packedGitWindowSize=16m",
    "credential.helper=",
    "fetch.unpackLimit=1",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=30",
    "pack.threads=1",
    "safe.directory=*",
)
ONCE = ("--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-auto-maintenance")
# Where a program may find what is the person's own; the rest is needed to get through a proxy.
OWN = ("GIT_", "HOME", "XDG_", "SSH_")
# What git says where one of its processes met a limit; it does not say which.
LIMITED = re.compile("index-pack|unpack|died of signal|memory|File too large")
NO_HEAD = "couldn't find remote ref HEAD"
BRANCH = re.compile(r"\trefs/heads/(.+)$", re.M)
NAMED = 5


class Failed(Exception):
    """git did not do what it was to do; says why."""


@contextmanager
def fetched(
    url: str, ref: str, cache_folder: Path, protocols: str = "https", stop: Event | None = None
) -> Iterator[Path]:
    """Fetch one commit into a repository of our own, which is there for the block to read.

    It gives up at `stop`. Nobody else fetches into the repository before the block ends: git
    empties FETCH_HEAD first. A fetch that was killed may leave locks behind, so that a second try
    starts from nothing.
    """
    folder = cache_folder / hashlib.sha256(f"{url}\n{ref}".encode()).hexdigest()[:20]
    with alone(folder):
        fetch_into(folder, url, ref, Git(folder, protocols, stop or Event()))
        yield folder


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait for who else fetches into a folder: a team has one repository, and several rows."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fetch_into(folder: Path, url: str, ref: str, git: "Git") -> None:
    """Fetch with what is there of the last time; if that fails, without."""
    if folder.exists() and len(list(folder.glob("objects/pack/*.pack"))) <= limits.FETCHED_PACKS:
        with suppress(Failed):
            git.fetch(url, ref)
            return
    shutil.rmtree(folder, ignore_errors=True)
    try:
        git.fetch(url, ref)
    except Failed as failure:
        shutil.rmtree(folder, ignore_errors=True)
        raise Unreadable(f"git cannot fetch it: {failure}") from None


class Git:
    """git at work in a repository of our own, which is filled from a stranger's."""

    def __init__(self, folder: Path, protocols: str, stop: Event) -> None:
        """Work in a folder that need not be there yet, over these protocols only."""
        self.folder = folder
        self.protocols = protocols
        self.stop = stop
        self.deadline = time.monotonic() + limits.FETCH_SECONDS

    def fetch(self, url: str, ref: str) -> None:
        """Fetch the commit of a ref; where HEAD's branch is not there, that of the only branch."""
        if not self.folder.exists():
            self.folder.mkdir()
            self.run("init", "--quiet", "--bare", "--template=", ".")
        try:
            self.run("fetch", *ONCE, "--", url, ref)
        except Failed as failure:
            if ref != "HEAD" or NO_HEAD not in str(failure):
                raise
            self.run("fetch", *ONCE, "--", url, f"refs/heads/{self.only_branch(url)}")

    def only_branch(self, url: str) -> str:
        """Return the one branch that there is; Failed, with some names, where there are others."""
        names = BRANCH.findall(self.run("ls-remote", "--heads", "--", url))
        if len(names) == 1:
            return str(names[0])
        if not names:
            raise Failed("nothing was committed.")
        more = " and more" if len(names) > NAMED else ""
        raise Failed(
            f"the branch that its HEAD names is not there; name another as its ref, of "
            f"{', '.join(map(repr, names[:NAMED]))}{more}."
        )

    def run(self, *words: str) -> str:
        """Run git, and return what it printed; Failed says what went wrong."""
        settings = [word for setting in SETTINGS for word in ("-c", setting)]
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                [*limited(), "git", *settings, *words],
                cwd=self.folder,
                env=environment(self.protocols),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=said,
                start_new_session=True,
            )
            try:
                self.wait(process)
            finally:
                end(process)
            if process.returncode:
                raise Failed(reason(end_of(said)))
            return end_of(out)

    def wait(self, process: "subprocess.Popen[bytes]") -> None:
        """Wait for the end of git; Failed where it takes too long, or is not wanted any more."""
        while not self.stop.is_set():
            with suppress(subprocess.TimeoutExpired):
                process.wait(POLL)
                return
            if time.monotonic() > self.deadline:
                raise Failed(f"it took more than {limits.FETCH_SECONDS:g} s.")
        raise Failed("stopped.")


def limited() -> Sequence[str]:
    """Return the words that have a program run within limits."""
    numbers = (
        limits.FETCH_MEMORY_BYTES // 2**10,
        limits.FETCH_PROCESSOR_SECONDS,
        limits.FETCH_BYTES // 512,
    )
    return ("/bin/sh", "-c", LIMIT, "git", *map(str, numbers))


def environment(protocols: str) -> dict[str, str]:
    """Return git's environment: nothing of the person's own, and only these protocols."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
    return kept | {
        "GIT_ALLOW_PROTOCOL": protocols,
        "GIT_ASKPASS": "",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_DIR": ".",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "HOME": os.devnull,
        "LC_ALL": "C",
    }


def end(process: "subprocess.Popen[bytes]") -> None:
    """End git and all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def end_of(file: IO[bytes]) -> str:
    """Return the last part of what a program wrote."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - limits.FETCH_SAID_BYTES))
    return file.read().decode(errors="replace")


def reason(said: str) -> str:
    """Say why git failed, by its last line: made visible, since strangers have a part in it."""
    if LIMITED.search(said):
        return (
            f"what comes is broken, or more than {limits.FETCH_BYTES // 2**20} MB, or takes too "
            "much memory or time to unpack; name a bare clone of it."
        )
    lines = [line for line in said.split("\n") if line.strip()]
    return (lines or ["no reason given"])[-1].encode("unicode_escape").decode()[:300]
