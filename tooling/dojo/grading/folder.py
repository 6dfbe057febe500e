"""A plain folder as a learner handed it in, without git; no symlink in it is followed."""

import errno
import os
import stat
from contextlib import ExitStack
from pathlib import Path

from dojo.grading.problem import SIZE_LIMIT, Missing, Refused, Unreadable, irregular, too_large

# A pipe in a file's place would otherwise be waited for.
FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
KINDS = (
    (stat.S_ISLNK, "a symbolic link"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISREG, "a file"),
)


class Folder:
    """Reads regular files, step by step from the top."""

    commit = ""

    def __init__(self, path: Path) -> None:
        """Open a folder; Unreadable where it cannot be a fork."""
        if not (path / "katas").is_dir():
            raise Unreadable("It is neither a git repository nor does it have a folder katas.")
        self.top = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def read(self, path: str) -> bytes:
        """Return a file's content; Missing or Refused where there is none to return."""
        *folders, name = path.split("/")
        with ExitStack() as opened:
            at, sofar = self.top, ""
            for part in folders:
                sofar += part
                at = enter(at, part, sofar, os.O_DIRECTORY)
                opened.callback(os.close, at)
                sofar += "/"
            file = enter(at, name, path, 0)
            opened.callback(os.close, file)
            return content(file, path)

    def close(self) -> None:
        """Close the folder."""
        os.close(self.top)


def enter(at: int, name: str, path: str, flags: int) -> int:
    """Open one step of a path, and never a symlink."""
    try:
        return os.open(name, FLAGS | flags, dir_fd=at)
    except FileNotFoundError:
        raise Missing(path) from None
    except OSError as error:
        if error.errno not in (errno.ELOOP, errno.ENOTDIR):
            raise Refused(f"{path} cannot be opened: {error.strerror}.") from None
        raise irregular(path, kind(os.lstat(name, dir_fd=at).st_mode)) from None


def content(file: int, path: str) -> bytes:
    """Read an open file that must be a regular one, and of a learner's size."""
    found = os.fstat(file)
    if not stat.S_ISREG(found.st_mode):
        raise irregular(path, kind(found.st_mode))
    with os.fdopen(os.dup(file), "rb") as stream:
        read = stream.read(SIZE_LIMIT + 1)
    if len(read) > SIZE_LIMIT:
        raise too_large(found.st_size)
    return read


def kind(mode: int) -> str:
    """Name what stands in the place of something else."""
    return next((text for is_kind, text in KINDS if is_kind(mode)), "no regular file")
