"""Files of one commit of a git repository, read as blobs by one `git cat-file`.

The repository may be a stranger's, and so may be its configuration: git is told to run no hook, to
fetch nothing by itself (a partial clone would, with commands that its configuration names), and to
look for no other repository than the one that is named.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Timer
from typing import IO

from dojo.grading.problem import SIZE_LIMIT, Missing, Refused, Unreadable, irregular, too_large

READ_SECONDS = 60.0
FETCH_SECONDS = 300.0
FILE_MODES = (b"100644", b"100755", b"100664")
FOLDER_MODE = b"40000"
KINDS = {b"120000": "a symbolic link", b"160000": "a submodule", FOLDER_MODE: "a folder"}
# Larger objects are passed on in pieces: a huge one must not fill the memory.
CONFIG = (
    f"core.hooksPath={os.devnull}",
    "core.fsmonitor=false",
    "core.bigFileThreshold=1m",
    "protocol.ext.allow=never",
    "safe.directory=*",
)
TREE_LIMIT = 16 * 2**20


def git(*words: str) -> list[str]:
    """Return a command of git, with settings that no repository can override."""
    return ["git", *(word for setting in CONFIG for word in ("-c", setting)), *words]


def environment(protocols: str) -> dict[str, str]:
    """Return git's environment: nothing of the person's own, and only these protocols."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "GIT_ALLOW_PROTOCOL": protocols,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


@dataclass(frozen=True)
class Object:
    """An object of git's: its size, and as much of its content as was kept."""

    id: str
    size: int
    content: bytes


class Repository:
    """One commit of a repository, open for reading."""

    def __init__(self, git_folder: Path, ref: str, seconds: float = READ_SECONDS) -> None:
        """Resolve `ref` once; Unreadable where git cannot. All reading has to be done in time."""
        # What a broken repository has to say may be more than a pipe holds.
        self.said = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            git(f"--git-dir={git_folder.absolute()}", "cat-file", "--batch"),
            env=environment("none"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.said,
        )
        self.late = False
        self.timer = Timer(seconds, self.give_up)
        self.timer.daemon = True
        self.timer.start()
        self.seconds = seconds
        self.tree = cache(self.read_tree)
        try:
            found = self.find(f"{ref}^{{commit}}", 0)
            if found is None:
                raise Unreadable(f"It has no commit {ref!r}.")
            self.commit = found.id
        except BaseException:
            self.close()
            raise

    def give_up(self) -> None:
        """End a git that hangs: a repository may hold pipes in place of files."""
        self.late = True
        self.process.kill()

    def close(self) -> None:
        """End the process."""
        self.timer.cancel()
        self.process.kill()
        self.process.communicate()
        self.said.close()

    def read(self, path: str) -> bytes:
        """Return a file's content; Missing or Refused where there is none to return."""
        *folders, name = path.split("/")
        tree, sofar = f"{self.commit}^{{tree}}", ""
        for part in folders:
            sofar += part
            tree = self.step(tree, part, sofar, (FOLDER_MODE,))
            sofar += "/"
        found = self.find(self.step(tree, name, path, FILE_MODES), SIZE_LIMIT)
        if found is None:
            raise Refused(f"The repository lacks the content of {path}.")
        if found.size > SIZE_LIMIT:
            raise too_large(found.size)
        return found.content

    def step(self, tree: str, name: str, path: str, wanted: tuple[bytes, ...]) -> str:
        """Go from a folder to an entry of it that has one of the wanted modes."""
        if name not in self.tree(tree):
            raise Missing(path)
        mode, object_id = self.tree(tree)[name]
        if mode not in wanted:
            raise irregular(path, KINDS.get(mode, "a file"))
        return object_id

    def read_tree(self, tree: str) -> dict[str, tuple[bytes, str]]:
        """Read the entries of a folder: mode and object by name."""
        found = self.find(tree, TREE_LIMIT)
        if found is None or found.size > TREE_LIMIT:
            raise Unreadable("The repository is damaged: a folder of the commit cannot be read.")
        rest, width, entries = found.content, len(self.commit) // 2, {}
        while rest:
            head, _, rest = rest.partition(b"\0")
            mode, _, name = head.partition(b" ")
            entries[os.fsdecode(name)] = (mode, rest[:width].hex())
            rest = rest[width:]
        return entries

    def find(self, name: str, limit: int) -> Object | None:
        """Ask git for an object, and keep as many bytes of it as the limit allows."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(os.fsencode(name) + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise self.ended() from None
        head = self.process.stdout.readline().split()
        if not head:
            raise self.ended()
        if len(head) != 3:
            return None
        size = int(head[2])
        return Object(head[0].decode(), size, self.take(self.process.stdout, size, limit))

    def take(self, stream: IO[bytes], size: int, limit: int) -> bytes:
        """Read an object's content, and pass over what exceeds the limit."""
        kept = stream.read(min(size, limit))
        left = size - len(kept) + 1
        while left and (passed := stream.read(min(left, 2**20))):
            left -= len(passed)
        if left:
            raise self.ended()
        return kept

    def ended(self) -> Unreadable:
        """Say why git is gone."""
        if self.late:
            return Unreadable(f"Reading it took more than {self.seconds:g} s.")
        self.process.wait()
        self.said.seek(0)
        return Unreadable(f"git cannot read it: {last_line(self.said.read(2**16))}")


def last_line(said: bytes) -> str:
    """Return the last line of what git said, made visible: a stranger may have a part in it."""
    lines = said.decode(errors="replace").split("\n")
    line = next((row for row in reversed(lines) if row.strip()), "no reason given")
    return line.encode("unicode_escape").decode()[:300]


def fetch(url: str, ref: str, cache_folder: Path, protocols: str = "https") -> Path:
    """Fetch one commit into a repository of our own, and return that.

    A fetch that was killed may leave locks behind, so that a second try starts from nothing.
    """
    folder = cache_folder / hashlib.sha256(f"{url}\n{ref}".encode()).hexdigest()[:20]
    problem = fetch_into(folder, url, ref, protocols)
    if problem:
        shutil.rmtree(folder, ignore_errors=True)
        problem = fetch_into(folder, url, ref, protocols)
    if problem:
        raise Unreadable(f"git cannot fetch it: {problem}")
    return folder


def fetch_into(folder: Path, url: str, ref: str, protocols: str) -> str:
    """Fetch one commit; return what went wrong, or ''."""
    if not folder.exists():
        folder.mkdir(parents=True)
        run(git("init", "--quiet", "--bare", "--template=", "--", str(folder)), protocols)
    once = ("--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-auto-gc")
    return run(git(f"--git-dir={folder.absolute()}", "fetch", *once, "--", url, ref), protocols)


def run(command: list[str], protocols: str) -> str:
    """Run git; return what went wrong, or ''."""
    try:
        done = subprocess.run(
            command,
            env=environment(protocols),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=FETCH_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return f"it took more than {FETCH_SECONDS:g} s."
    return last_line(done.stderr) if done.returncode else ""
