"""What a verdict is known by: where nothing of it has changed, nothing is run again."""

import hashlib
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from dojo.author.hashes import files_in, hash_of_files, hash_of_modules
from dojo.kata import catalog
from dojo.kata.catalog import Kata

# What no judged run imports of the tool; all the rest is taken to decide verdicts.
NOT_JUDGING = (
    *("author/verify", "author/grade/reports", "learner", "show/report.py", "show/github.py"),
    *("author/handout.py", "author/interpreters.py", "author/new.py", "author/suite.py"),
)
GROUPS = ("base", "judge")
PROSE = ("README.md", "hints.md", "debrief.md")


@dataclass(frozen=True)
class Key:
    """A learner's file and a kata, both as hashes, and what else a verdict depends on."""

    source: str
    kata: str
    version: str
    seed: int
    isolation: str


def hash_of_file(content: bytes) -> str:
    """Return the hash of a learner's file."""
    return hashlib.sha256(content).hexdigest()


def hash_of_kata(kata: Kata) -> str:
    """Return the hash of all that a kata brings to a verdict: its whole folder and its stub.

    What is there to be read decides nothing, nor does the file of whoever practises here.
    """
    apart = {kata.mine, *(kata.folder / name for name in PROSE)}
    files = [path for path in files_in(kata.folder) if path not in apart]
    return hash_of_files(kata.name, kata.root, [*files, kata.pristine])


def version_of_tool(root: Path) -> str:
    """Return the project's version."""
    return str(project(root)["project"]["version"])


def version_of_judge(root: Path) -> str:
    """Return the hash of what gives verdicts beside the katas: the tool, Python and libraries."""
    settings = project(root)
    pins = (root / "constraints.txt").read_text(encoding="utf-8")
    needs = {need for kata in catalog.katas(root) for need in kata.facts.needs}
    libraries = libraries_of(settings["dependency-groups"], [*GROUPS, *sorted(needs)])
    facts = [sys.version, *libraries, repr(settings["tool"]["pytest"]), pins]
    return hash_of_modules("\n".join(facts), NOT_JUDGING)


def libraries_of(groups: Mapping[str, Sequence[object]], wanted: Sequence[str]) -> list[str]:
    """Name the libraries of some dependency groups, with the versions that are installed."""
    names = {name for group in wanted for name in groups.get(group, ()) if isinstance(name, str)}
    return list(map(installed, sorted(names)))


def installed(name: str) -> str:
    """Name a library and its version, as it is installed."""
    try:
        return f"{name} {metadata.version(name)}"
    except metadata.PackageNotFoundError:
        return f"{name} is not installed"


def project(root: Path) -> dict[str, Any]:
    """Read the project's settings."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
