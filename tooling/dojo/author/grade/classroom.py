"""What a roster's columns are called: ours, or those of the files that GitHub Classroom gives out.

Its roster (identifier, github_username, github_id, name) names no repositories. Its table of an
assignment (roster_identifier, github_username, student_repository_url, ...) does.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dojo.errors import UsageError

Record = Mapping[str, str]

ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
FIELD = re.compile(r"\{(\w+)\}")
# Where the fork of an account is looked for, seen from the roster's folder.
PLACES = ("forks/{}.git", "forks/{}", "{}.git", "{}")


@dataclass(frozen=True)
class Columns:
    """By which columns a row names its learner, the first that is filled in; and where forks are.

    That is a column, a template with columns in braces, or folders named after the account.
    """

    learner: tuple[str, ...]
    repo: str = ""
    template: str = ""


KNOWN = (
    Columns(("learner",), "repo"),
    Columns(("roster_identifier", "github_username"), "student_repository_url"),
    Columns(("identifier",)),
)
NAMES = ("learner", "roster_identifier", "identifier", "github_username")


def columns_of(names: Sequence[str], template: str) -> Columns | None:
    """Return what the columns of a roster mean; None where that is unknown."""
    learner = tuple(name for name in NAMES if name in names)
    if template and learner:
        for name in FIELD.findall(template):
            if name.lower() not in names:
                raise UsageError(
                    f"--repo names a column {name!r}; the roster has {', '.join(names)}."
                )
        return Columns(learner, template=template)
    for columns in KNOWN:
        needed = {columns.learner[0], columns.repo or "github_username"}
        if needed <= set(names):
            return columns
    return None


def repo_of(columns: Columns, record: Record, folder: Path) -> tuple[str, str]:
    """Return where the fork of a row is, and why it cannot be read: one of them may be ''."""
    if columns.repo:
        return record.get(columns.repo, ""), ""
    if columns.template:
        return filled(columns.template, record)
    account = record.get("github_username", "")
    if not account:
        return "", "The roster has no GitHub account for this learner."
    if not ACCOUNT.fullmatch(account):
        return "", f"{account!r} is no GitHub account."
    places = [place.format(account) for place in PLACES]
    repo = next((place for place in places if (folder / place).is_dir()), places[0])
    if not (folder / repo).is_dir():
        return repo, "There is no such folder; copy the fork there, or say with --repo where it is."
    return repo, ""


def filled(template: str, record: Record) -> tuple[str, str]:
    """Fill a row's values into a template; none may be a path that leads elsewhere."""
    for name in FIELD.findall(template):
        value = record.get(name.lower(), "")
        if not value:
            return "", f"The roster has no {name} for this learner."
        if "/" in value or value in (".", ".."):
            return "", f"The {name} {value!r} cannot be a part of a place."
    return FIELD.sub(lambda found: record[found[1].lower()], template), ""
