"""A folder that a stranger made, read step by step from its top.

Nothing in it leads out of it: no symlink is followed. Nothing but folders and regular files is
ever opened: a pipe would be waited for, and to open a device may do something.
"""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from dojo import limits
from dojo.author.grade.problem import FILE, FOLDER, Irregular, Missing, Refused, kind

# What was looked at may be something else by the time it is opened.
FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


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
        *folders, name = path.split("/")
        at = self.enter(folders)
        try:
            return opened(at, name, path)
        finally:
            os.close(at)

    def read(self, path: str, limit: int) -> bytes:
        """Return at most so many bytes of a file, from its beginning."""
        with os.fdopen(self.open(path), "rb") as stream:
            return stream.read(limit)

    def kinds(self, path: str = "") -> dict[str, str]:
        """Name what lies in a folder, of very much a part, and its kinds; nothing without one."""
        try:
            folder = self.enter(path.split("/") if path else [])
        except Missing:
            return {}
        try:
            with os.scandir(folder) as entries:
                some = islice(entries, limits.FOLDER_NAMES)
                return {entry.name: kind_of(entry) for entry in some}
        finally:
            os.close(folder)

    def enter(self, folders: Sequence[str]) -> int:
        """Open the folder to which some names lead from the top."""
        at = os.open(".", FLAGS | os.O_DIRECTORY, dir_fd=self.top)
        for depth, name in enumerate(folders, 1):
            try:
                inner = entered(at, name, "/".join(folders[:depth]))
            finally:
                os.close(at)
            at = inner
        return at


def kind_of(entry: os.DirEntry[str]) -> str:
    """Name the kind of an entry, mostly without asking for more than the folder says."""
    if entry.is_file(follow_symlinks=False):
        return FILE
    if entry.is_dir(follow_symlinks=False):
        return FOLDER
    return kind(entry.stat(follow_symlinks=False).st_mode)


def entered(at: int, name: str, path: str) -> int:
    """Open a folder; the system opens nothing else for who asks for one."""
    with in_words(path):
        try:
            return os.open(name, FLAGS | os.O_DIRECTORY, dir_fd=at)
        except OSError as error:
            if error.errno not in (errno.ELOOP, errno.ENOTDIR):
                raise
            raise Irregular(path, os.stat(name, dir_fd=at, follow_symlinks=False).st_mode) from None


def opened(at: int, name: str, path: str) -> int:
    """Open a regular file, after a look at what it is."""
    with in_words(path):
        mode = os.stat(name, dir_fd=at, follow_symlinks=False).st_mode
        if not stat.S_ISREG(mode):
            raise Irregular(path, mode)
        file = os.open(name, FLAGS, dir_fd=at)
    if stat.S_ISREG(mode := os.fstat(file).st_mode):
        return file
    os.close(file)
    raise Irregular(path, mode)


@contextmanager
def in_words(path: str) -> Iterator[None]:
    """Say what the system's refusals mean."""
    try:
        yield
    except FileNotFoundError:
        raise Missing(path) from None
    except ValueError:
        raise Missing(path) from None  # no name on a disk holds a null byte
    except OSError as error:
        raise Refused(f"{path} cannot be opened: {error.strerror}.") from None
