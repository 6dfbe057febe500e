"""`bench check`: what a verdict costs started afresh, through nox, and warm."""

import argparse
import contextlib
import subprocess
import sys
from collections.abc import Sequence
from functools import partial

from dojo.kata.catalog import Kata
from dojo.kata.libraries import libraries
from dojo.run.request import DEFAULT_SEED, ask
from dojo.run.warm import start_runner

from bench.desk import desk, solve
from bench.rounds import Way, each, medians, timed
from bench.table import RATIO, SECONDS, Column, Measured

COLUMNS = (
    Column("kata", "kata"),
    Column("check_by_pytest", "check / pytest", RATIO),
    Column("pytest_by_warm", "pytest / warm", RATIO),
    Column("pytest", "pytest s", SECONDS),
    Column("check", "check s", SECONDS),
    Column("warm", "warm s", SECONDS),
)


def measure(katas: Sequence[Kata], options: argparse.Namespace) -> Measured:
    """Measure a bare pytest, `nox -s check` and a warm verdict on the reference of each kata."""
    with desk(katas) as copies:
        rows = [measure_kata(kata, options.rounds) for kata in each(copies)]
    return Measured("check", "A green kata, seconds from start to end", COLUMNS, rows)


def measure_kata(kata: Kata, rounds: int) -> dict[str, str | float]:
    """Measure one kata."""
    solve(kata)
    request = ask(kata, DEFAULT_SEED)
    with contextlib.closing(start_runner(kata.root, libraries([kata]))) as runner:
        ways: dict[str, Way] = {
            "pytest": partial(cold_pytest, kata),
            "check": partial(nox_check, kata),
            "warm": lambda: timed(lambda: runner.run(request)),
        }
        found = medians(ways, rounds)
    return {
        "kata": kata.short,
        "check_by_pytest": found["check"] / found["pytest"],
        "pytest_by_warm": found["pytest"] / found["warm"],
        **found,
    }


def cold_pytest(kata: Kata) -> float:
    """Time a bare pytest of a kata's reference."""
    return time_command(kata, "-m", "pytest", "-q", f"katas/{kata.name}", "--against=solutions")


def nox_check(kata: Kata) -> float:
    """Time the session that a learner types."""
    return time_command(kata, "-m", "nox", "-s", "check", "--", kata.short)


def time_command(kata: Kata, *words: str) -> float:
    """Time a Python program in the workbook of a kata that has to end well."""
    command = [str(kata.root / ".venv" / "bin" / "python"), *words]
    return timed(
        partial(
            subprocess.run,
            command,
            cwd=kata.root,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=sys.stderr,
        )
    )
