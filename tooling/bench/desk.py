"""A copy of the workbook to measure in: the learner's own files are never touched."""

import functools
import runpy
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dojo.kata.catalog import Kata


@contextmanager
def desk(katas: Sequence[Kata]) -> Iterator[list[Kata]]:
    """Copy some katas, unsolved, to a workbook of their own that goes with the block."""
    with tempfile.TemporaryDirectory(prefix="dojo-") as folder:
        yield copy(katas, Path(folder).resolve() / "workbook")


def copy(katas: Sequence[Kata], root: Path) -> list[Kata]:
    """Copy some katas, and what it takes to run them; return the copies."""
    source = katas[0].root
    (root / "tooling" / "stubs").mkdir(parents=True)
    (root / "tooling" / "dojo").symlink_to(Path(__file__).resolve().parents[1] / "dojo")
    for name in ("noxfile.py", "pyproject.toml", "constraints.txt"):
        shutil.copy(source / name, root)
    for kata in katas:
        mine = Kata(root, kata.name)
        for was, now in ((kata.folder, mine.folder), (kata.solution, mine.solution)):
            shutil.copytree(was, now, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(kata.pristine, mine.pristine)
        unsolve(mine)
    install(root, source)
    return [Kata(root, kata.name) for kata in katas]


def install(root: Path, source: Path) -> None:
    """Give a workbook the packages that run this, under the name that its sessions look for."""
    noxfile = names_in_noxfile(source)
    venv = root / ".venv"
    environment = noxfile["Environment"](venv)
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    (venv / "lib").symlink_to(Path(sys.prefix) / "lib")
    shutil.copy(Path(sys.prefix) / "pyvenv.cfg", venv)
    for group in ("base", "torch"):
        tag = noxfile["tell"](environment.python)
        environment.stamp(group).write_text(noxfile["fingerprint"](tag))


@functools.cache
def names_in_noxfile(source: Path) -> dict[str, Any]:
    """Return what a workbook's noxfile defines; once, since nox would register it twice."""
    return runpy.run_path(str(source / "noxfile.py"))


def solve(kata: Kata) -> None:
    """Put the reference where the learner's file is."""
    shutil.copyfile(kata.reference, kata.mine)


def unsolve(kata: Kata) -> None:
    """Put the stub where the learner's file is."""
    shutil.copyfile(kata.pristine, kata.mine)
