"""A folder that a stranger made, read step by step from its top.

Nothing in it leads out of it: no symlink is followed. Nothing but folders and regular files is
ever opened: a pipe would be waited for, and to open a device may do something.
"""

import os
import stat
from collections.abc import Callable
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from dojo.grading.problem import FILE, FOLDER, Irregular, Missing, Refused, kind

# What was looked at may be something else by the time it is opened.
FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
MOST_NAMES = 10_000


class Folder:
    """Reads regular files, and lists folders."""

    def __init__(self, path: Path) -> None:
        """Open its top; a symlink there is of whoever named the path, and followed."""
        self.top = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def close(self) -> None:
        """Close the folder."""
        os.close(self.top)

    def open(self, path: str) -> int:
        """Open a regular file; Missing or Refused where there is none."""
        return self.enter(path, stat.S_ISREG)

    def read(self, path: str, limit: int) -> bytes:
        """Return at most so many bytes of a file, from its beginning."""
        with os.fdopen(self.open(path), "rb") as stream:
            return stream.read(limit)

    def kinds(self, path: str = ".") -> dict[str, str]:
        """Name what lies in a folder, of very much a part, and its kinds; nothing without one."""
        try:
            folder = self.enter(path, stat.S_ISDIR)
        except Missing:
            return {}
        try:
            with os.scandir(folder) as entries:
                return {entry.name: kind_of(entry) for entry in islice(entries, MOST_NAMES)}
        finally:
            os.close(folder)

    def enter(self, path: str, is_wanted: Callable[[int], bool]) -> int:
        """Open what lies at a path, through folders, if it is of the wanted kind."""
        *folders, name = path.split("/")
        with ExitStack() as opened:
            at, sofar = self.top, ""
            for part in folders:
                sofar += part
                at = step(at, part, sofar, stat.S_ISDIR)
                opened.callback(os.close, at)
                sofar += "/"
            return step(at, name, path, is_wanted)


def kind_of(entry: os.DirEntry[str]) -> str:
    """Name the kind of an entry, mostly without asking for more than the folder says."""
    if entry.is_file(follow_symlinks=False):
        return FILE
    if entry.is_dir(follow_symlinks=False):
        return FOLDER
    return kind(entry.stat(follow_symlinks=False).st_mode)


def step(at: int, name: str, path: str, is_wanted: Callable[[int], bool]) -> int:
    """Open one step of a path, after a look at what it is."""
    try:
        mode = os.stat(name, dir_fd=at, follow_symlinks=False).st_mode
        if not is_wanted(mode):
            raise Irregular(path, mode)
        return checked(os.open(name, FLAGS, dir_fd=at), path, is_wanted)
    except FileNotFoundError:
        raise Missing(path) from None
    except OSError as error:
        raise Refused(f"{path} cannot be opened: {error.strerror}.") from None


def checked(opened: int, path: str, is_wanted: Callable[[int], bool]) -> int:
    """Return an open file that is still what it was a moment ago."""
    mode = os.fstat(opened).st_mode
    if is_wanted(mode):
        return opened
    os.close(opened)
    raise Irregular(path, mode)
