"""Why a fork, or a file of it, cannot be read; each is told in a sentence."""

import stat

from dojo.kata import source

FOLDER = "a folder"
FILE = "a file"
SUBMODULE = 0o160000
KINDS = (
    (stat.S_ISLNK, "a symbolic link"),
    (stat.S_ISDIR, FOLDER),
    (stat.S_ISREG, FILE),
    (lambda mode: stat.S_IFMT(mode) == SUBMODULE, "a submodule"),
)


class Unreadable(Exception):
    """A whole fork cannot be read."""


class Missing(Exception):
    """A fork has no such file."""


class Refused(Exception):
    """There is something in the file's place that is not read."""


class Irregular(Refused):
    """There is something of another kind than a file, or than a folder above it."""

    def __init__(self, path: str, mode: int) -> None:
        """Name what there is at a path."""
        self.kind = kind(mode)
        super().__init__(f"{path} is {self.kind}, and not followed.")


def too_large(size: int) -> Refused:
    """Refuse a file for its size."""
    return Refused(f"The file {source.too_large(size)}.")


def kind(mode: int) -> str:
    """Name what stands in the place of something else."""
    return next((text for is_kind, text in KINDS if is_kind(mode)), "no regular file")
