"""What a learner handed in: of every kata the file that stands in the stub's place.

Only that path counts, and only as data: nothing of a fork is checked out, imported or executed,
and no configuration of its repository can start anything.
"""

import importlib.util
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Literal, Protocol
from urllib.parse import unquote, urlsplit

from dojo import limits
from dojo.author.grade.fetch import fetched
from dojo.author.grade.folder import Folder
from dojo.author.grade.problem import Missing, Refused, Unreadable, too_large
from dojo.author.grade.repository import Repository
from dojo.kata.catalog import Kata
from dojo.kata.source import why_no_source

# No name of git's holds one of these: they are its ways to reckon with names.
NO_REF = "^:~?*[\\"
SSH = re.compile(r"ssh://|[\w.-]+@[\w.-]+:")


@dataclass(frozen=True)
class File:
    """What stands in the stub's place: Python, nothing, or something else, with the reason."""

    status: Literal["file", "missing", "refused"]
    content: bytes = b""
    reason: str = ""

    @property
    def text(self) -> str:
        """The source, as Python reads it: by its byte order mark and coding cookie."""
        return importlib.util.decode_source(self.content)


@dataclass(frozen=True)
class Submission:
    """The files of one fork by kata; none, and a problem, where the fork cannot be read."""

    commit: str = ""
    files: Mapping[str, File] | None = None
    problem: str = ""


class Source(Protocol):
    """Where files are read from: a commit of a repository, or a plain folder."""

    commit: str

    def read(self, path: str) -> bytes:
        """Return a file's content; Missing or Refused where there is none to return."""

    def close(self) -> None:
        """End; nothing is read any more."""


def read(
    repo: str, ref: str, katas: Sequence[Kata], cache: Path, stop: Event | None = None
) -> Submission:
    """Read the files of a fork, a folder or a URL; what was fetched is kept in `cache`.

    What takes long is given up at `stop`.
    """
    try:
        with opened(repo, ref, cache, stop) as source:
            files = {kata.name: file_of(source.read, kata) for kata in katas}
            return Submission(source.commit, files)
    except Unreadable as problem:
        return Submission(problem=str(problem))
    except OSError as error:
        return Submission(problem=f"It cannot be read: {error.strerror}.")
    except Exception as error:
        # What a stranger made must not end the reading of all others.
        name = type(error).__name__
        return Submission(problem=f"The tool failed while it read it ({name}): tell its makers.")


@contextmanager
def opened(repo: str, ref: str, cache: Path, stop: Event | None) -> Iterator[Source]:
    """Open a fork: what lies in a folder is read there, what a URL names is fetched."""
    if any(c in NO_REF or c.isspace() or not c.isprintable() for c in ref) or ref.startswith("-"):
        raise Unreadable(f"{ref!r} is no branch, tag or commit.")
    scheme = repo.partition("://")[0] if "://" in repo else ""
    if scheme == "https":
        with (
            fetched(repo, ref or "HEAD", cache, stop=stop) as folder,
            closing(Repository(folder, "FETCH_HEAD")) as source,
        ):
            yield source
        return
    if SSH.match(repo):
        raise Unreadable("SSH addresses are not read; name an https:// address, or a bare clone.")
    if scheme not in ("", "file"):
        raise Unreadable(f"{scheme}:// is not read; name a folder or an https:// address.")
    # A folder behind file:// is read in place: fetching from it would run git inside it.
    with closing(in_folder(Path(unquote(urlsplit(repo).path) if scheme else repo), ref)) as source:
        yield source


def in_folder(folder: Path, ref: str) -> Source:
    """Read a fork where it lies."""
    if not folder.is_dir():
        raise Unreadable("There is no such folder.")
    if git_folder := find_git_folder(folder):
        return Repository(git_folder, ref or "HEAD")
    if ref:
        raise Unreadable(f"It is no git repository, so that there is no {ref!r} in it.")
    if not (folder / "katas").is_dir():
        raise Unreadable("It is neither a git repository nor does it have a folder katas.")
    return Plain(folder)


class Plain(Folder):
    """A plain folder as a learner handed it in, without git."""

    commit = ""

    def read(self, path: str, limit: int = limits.SOURCE_BYTES) -> bytes:
        """Return a file's content; Refused where it is larger than a learner's file."""
        with os.fdopen(self.open(path), "rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > limit:
                raise too_large(size)
            return stream.read(limit)


def find_git_folder(folder: Path) -> Path | None:
    """Find the git folder of a working folder or a bare repository; None in a plain folder."""
    inside = folder / ".git"
    if inside.is_symlink() or inside.is_file():
        raise Unreadable("Its .git leads to another folder; name the repository itself.")
    if inside.is_dir():
        return inside
    return folder if is_bare(folder) else None


def is_bare(folder: Path) -> bool:
    """Tell whether a folder looks like a bare repository."""
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir()


def is_fork(folder: Path) -> bool:
    """Tell whether a folder is a fork itself, and not a folder of forks."""
    return (folder / ".git").exists() or (folder / "katas").is_dir() or is_bare(folder)


def file_of(read: Callable[[str], bytes], kata: Kata) -> File:
    """Read what stands in the place of one stub."""
    path = kata.mine.relative_to(kata.root).as_posix()
    try:
        content = read(path)
    except Missing:
        return File("missing", reason=f"There is no {path} in it.")
    except Refused as refusal:
        return File("refused", reason=str(refusal))
    reason = why_no_source(content)
    return File("refused", reason=f"The file {reason}.") if reason else File("file", content)
