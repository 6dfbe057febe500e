"""What a verdict is known by: where nothing of it has changed, nothing is run again."""

import hashlib
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import dojo
from dojo import catalog
from dojo.catalog import Kata

TOOL = Path(dojo.__file__).parent
# Packages of the tool that no judged run imports; all the others are taken to decide verdicts.
NOT_JUDGING = ("authoring", "benchmarks", "learner", "grading/reports")
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


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and below, but for what editors and Python leave there."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name == "__pycache__":
            continue
        if path.is_dir():
            yield from files_in(path)
        elif path.is_file():
            yield path


def hash_of_files(start: str, root: Path, files: list[Path]) -> str:
    """Return the hash of some files with their names, seen from a folder."""
    found = hashlib.sha256(start.encode())
    for path in files:
        name = path.relative_to(root).as_posix().encode("utf-8", "surrogateescape")
        found.update(hashlib.sha256(name).digest())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


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
    return hash_of_files("\n".join(facts), TOOL, judging_files())


def libraries_of(groups: Mapping[str, Sequence[object]], wanted: Sequence[str]) -> list[str]:
    """Name the libraries of some dependency groups, with the versions that are installed."""
    names = {name for group in wanted for name in groups.get(group, ()) if isinstance(name, str)}
    return list(map(installed, sorted(names)))


def judging_files() -> list[Path]:
    """List the modules of the tool that a judged run may import."""
    apart = [TOOL / name for name in NOT_JUDGING]
    return [
        path
        for path in files_in(TOOL)
        if path.suffix == ".py" and not any(path.is_relative_to(folder) for folder in apart)
    ]


def installed(name: str) -> str:
    """Name a library and its version, as it is installed."""
    try:
        return f"{name} {metadata.version(name)}"
    except metadata.PackageNotFoundError:
        return f"{name} is not installed"


def project(root: Path) -> dict[str, Any]:
    """Read the project's settings."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
