"""Whom to grade: the rows of a roster, or folders that lie side by side."""

import csv
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dojo.errors import UsageError
from dojo.grading.submission import SSH, is_fork

COLUMNS = ("learner", "repo")


@dataclass(frozen=True)
class Row:
    """One learner: the fork as it was named, where it is, and which commit of it counts."""

    learner: str
    repo: str
    place: str
    ref: str = ""


def read_rows(words: Sequence[str], here: Path) -> list[Row]:
    """Read rosters and folders, in their order; UsageError where a learner is named twice."""
    rows = [row for word in words for row in rows_of(here / word)]
    seen: dict[str, Row] = {}
    for row in rows:
        if row.learner in seen:
            raise UsageError(
                f"The learner {row.learner!r} is there twice, with {seen[row.learner].repo!r} and "
                f"{row.repo!r}; give each learner a name of their own."
            )
        seen[row.learner] = row
    return rows


def rows_of(path: Path) -> Iterator[Row]:
    """Yield the rows of a roster, of a fork, or of a folder of forks."""
    if path.is_dir():
        yield from rows_of_folder(path)
    elif path.is_file():
        yield from rows_of_roster(path)
    else:
        raise UsageError(f"There is no roster and no folder {str(path)!r}.")


def rows_of_folder(folder: Path) -> Iterator[Row]:
    """Yield a fork, or the forks that a folder holds; the name is the learner's, without .git."""
    forks = [folder] if is_fork(folder) else sorted(folder.iterdir())
    forks = [fork for fork in forks if fork.is_dir() and not fork.name.startswith(".")]
    if not forks:
        raise UsageError(f"{str(folder)!r} is no fork, and holds none.")
    for fork in forks:
        name = fork.resolve().name.removesuffix(".git")
        yield Row(printable(name), printable(str(fork)), str(fork))


def printable(name: str) -> str:
    """Return a path as text that can be written as UTF-8, whatever its bytes are."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def rows_of_roster(path: Path) -> Iterator[Row]:
    """Yield the rows of a CSV file; a folder in it is seen from the file's own folder."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            columns = reader.fieldnames or ()
            table = [(reader.line_num, record) for record in reader]
    except UnicodeDecodeError:
        raise UsageError(f"The roster {str(path)!r} is not UTF-8; save it as CSV UTF-8.") from None
    except (OSError, csv.Error) as error:
        raise UsageError(f"The roster {str(path)!r} cannot be read: {error}.") from None
    absent = [name for name in COLUMNS if name not in columns]
    if absent:
        raise UsageError(
            f"The roster {str(path)!r} has no column {absent[0]!r}, but {','.join(columns)!r}; its "
            "first line must be learner,repo or learner,repo,ref, with commas."
        )
    if not table:
        raise UsageError(f"The roster {str(path)!r} names nobody.")
    for line, record in table:
        if None in record:
            raise UsageError(f"The roster {str(path)!r} has too many commas in line {line}.")
        yield row_of(path, line, {k: (v or "").strip() for k, v in record.items()})


def row_of(path: Path, line: int, record: dict[str, str]) -> Row:
    """Read one record of a roster."""
    for name in COLUMNS:
        if not record[name]:
            raise UsageError(f"The roster {str(path)!r} has no {name} in the row of line {line}.")
    if "\0" in "".join(record.values()):
        raise UsageError(f"The roster {str(path)!r} has a null byte in the row of line {line}.")
    repo = record["repo"]
    place = repo if "://" in repo or SSH.match(repo) else str(path.parent / repo)
    return Row(record["learner"], without_password(repo), place, record.get("ref", ""))


def without_password(repo: str) -> str:
    """Leave out of a URL what only its owner may read: reports name the fork."""
    scheme, mark, rest = repo.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path}" if mark else repo
