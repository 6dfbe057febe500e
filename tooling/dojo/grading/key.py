"""What a verdict is known by: where nothing of it has changed, nothing is run again."""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from dojo.catalog import Kata


@dataclass(frozen=True)
class Key:
    """A learner's file and a kata, both as hashes, and what else a verdict depends on."""

    source: str
    kata: str
    version: str
    seed: int
    isolation: str


def hash_of_text(text: str) -> str:
    """Return the hash of a learner's file."""
    return hashlib.sha256(text.encode()).hexdigest()


def hash_of_kata(kata: Kata) -> str:
    """Return the hash of what decides a kata's verdicts: its name, tests, stub and facts."""
    found = hashlib.sha256(kata.name.encode())
    for path in (kata.tests, kata.pristine, kata.folder / "kata.toml"):
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def version_of_tool(root: Path) -> str:
    """Return the project's version."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])
