"""Whom to grade: the rows of a roster, or folders that lie side by side."""

import csv
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dojo.author.grade.classroom import Record, columns_of, repo_of
from dojo.author.grade.submission import SSH, is_fork
from dojo.errors import UsageError

LINK = "Its folder is a symbolic link, and not followed; name the folder itself."


@dataclass(frozen=True)
class Row:
    """One learner: the fork as it was named, where it is, and which commit of it counts.

    `problem` says, in a sentence, why there is nothing to be read.
    """

    learner: str
    repo: str
    place: str
    ref: str = ""
    problem: str = ""


def read_rows(words: Sequence[str], here: Path, template: str = "") -> list[Row]:
    """Read rosters and folders, in their order; UsageError where a learner is named twice.

    `template` says where forks are, with names of a roster's columns in braces.
    """
    rows = [row for word in words for row in rows_of(here / word, template)]
    seen: dict[str, Row] = {}
    for row in rows:
        if row.learner in seen:
            raise UsageError(
                f"The learner {row.learner!r} is there twice, with {seen[row.learner].repo!r} and "
                f"{row.repo!r}; give each learner a name of their own."
            )
        seen[row.learner] = row
    return rows


def rows_of(path: Path, template: str) -> Iterator[Row]:
    """Yield the rows of a roster, of a fork, or of a folder of forks."""
    if path.is_dir():
        yield from rows_of_folder(path)
    elif path.is_file():
        yield from rows_of_roster(path, template)
    else:
        raise UsageError(f"There is no roster and no folder {str(path)!r}.")


def rows_of_folder(folder: Path) -> Iterator[Row]:
    """Yield a fork, or the forks that a folder holds; the name is the learner's, without .git.

    What lies in a folder of forks may have come from strangers, and may be a link to another's.
    """
    if is_fork(folder):
        yield row_of_folder(folder, folder.resolve().name)
        return
    forks = [fork for fork in sorted(folder.iterdir()) if fork.is_dir() and fork.name[0] != "."]
    if not forks:
        raise UsageError(f"{str(folder)!r} is no fork, and holds none.")
    for fork in forks:
        yield row_of_folder(fork, fork.name, LINK if fork.is_symlink() else "")


def row_of_folder(fork: Path, name: str, problem: str = "") -> Row:
    """Return the row of one fork."""
    learner = printable(name.removesuffix(".git"))
    return Row(learner, printable(str(fork)), str(fork), problem=problem)


def printable(name: str) -> str:
    """Return a path as text that can be written as UTF-8, whatever its bytes are."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def rows_of_roster(path: Path, template: str) -> Iterator[Row]:
    """Yield the rows of a CSV file; a folder in it is seen from the file's own folder."""
    names, table = read_table(path)
    columns = columns_of(names, template)
    if columns is None:
        raise UsageError(
            f"The roster {str(path)!r} has no column {absent(names)!r}, but {','.join(names)!r}; "
            "its first line must be learner,repo or learner,repo,ref, with commas."
        )
    if not table:
        raise UsageError(f"The roster {str(path)!r} names nobody.")
    for line, record in table:
        learner = next(filter(None, (record.get(name, "") for name in columns.learner)), "")
        if not learner:
            raise UsageError(f"The roster {str(path)!r} has no learner in the row of line {line}.")
        repo, problem = repo_of(columns, record, path.parent)
        if not repo and not problem:
            raise UsageError(f"The roster {str(path)!r} has no repo in the row of line {line}.")
        place = repo if "://" in repo or SSH.match(repo) else str(path.parent / repo)
        ref = record.get("ref", "")
        yield Row(learner, without_password(repo), place, ref, problem)


def absent(names: Sequence[str]) -> str:
    """Name the first column that a roster lacks."""
    return next(name for name in ("learner", "repo") if name not in names)


def read_table(path: Path) -> tuple[list[str], list[tuple[int, Record]]]:
    """Read a CSV file: its columns' names in lower case, and its rows that are not empty."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            names = [name.strip().lower() for name in next(reader, [])]
            rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except UnicodeDecodeError:
        raise UsageError(f"The roster {str(path)!r} is not UTF-8; save it as CSV UTF-8.") from None
    except (OSError, csv.Error) as error:
        raise UsageError(f"The roster {str(path)!r} cannot be read: {error}.") from None
    return names, [(line, record_of(path, line, names, row)) for line, row in rows if any(row)]


def record_of(path: Path, line: int, names: Sequence[str], row: Sequence[str]) -> Record:
    """Return a row by its columns' names."""
    if any(row[len(names) :]):
        raise UsageError(f"The roster {str(path)!r} has too many commas in line {line}.")
    if "\0" in "".join(row):
        raise UsageError(f"The roster {str(path)!r} has a null byte in the row of line {line}.")
    return dict(zip(names, row, strict=False))


def without_password(repo: str) -> str:
    """Leave out of a URL what only its owner may read: reports name the fork."""
    scheme, mark, rest = repo.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path}" if mark else repo
