"""`bench watch`: from a save to the verdict on the screen, beside the least that it can cost."""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from dojo.kata.catalog import Kata
from dojo.kata.libraries import libraries
from dojo.run.request import DEFAULT_SEED, ask
from dojo.run.warm import start_runner
from testkit.terminal import Terminal

from bench.check import cold_pytest
from bench.desk import desk, solve, unsolve
from bench.floor import Loaded
from bench.rounds import Way, each, medians, timed
from bench.table import RATIO, SECONDS, Column, Measured

COLUMNS = (
    Column("kata", "kata"),
    Column("pytest_by_watch", "pytest / watch", RATIO),
    Column("warm_by_floor", "warm / floor", RATIO),
    Column("above_tests", "watch - tests s", SECONDS),
    Column("watch", "watch s", SECONDS),
    Column("warm", "warm s", SECONDS),
    Column("floor", "floor s", SECONDS),
    Column("tests", "tests s", SECONDS),
    Column("pytest", "pytest s", SECONDS),
)


def measure(katas: Sequence[Kata], options: argparse.Namespace) -> Measured:
    """Measure a save, a warm verdict, their floor and a cold pytest on each reference."""
    if options.saves is not None:
        from bench import growth

        return growth.measure(katas[0], options.saves)
    rows = []
    for kata in each(katas):
        # Alone in its workbook, so that a green kata does not turn the screen to the next one.
        with desk([kata]) as (copy,):
            rows.append(measure_kata(copy, options.rounds))
    title = "A save that turns a kata green, seconds to the verdict on the screen"
    return Measured("watch", title, COLUMNS, rows)


def measure_kata(kata: Kata, rounds: int) -> dict[str, str | float]:
    """Measure one kata."""
    names = libraries([kata])
    request = ask(kata, DEFAULT_SEED, against="solutions")
    with (
        closing(start_runner(kata.root, names)) as runner,
        closing(Loaded(kata.root, names)) as loaded,
        watching(kata) as terminal,
    ):
        taken: list[float] = []

        def fork() -> float:
            taken[:] = loaded.take(kata)
            return taken[0]

        ways: dict[str, Way] = {
            "watch": partial(save, kata, terminal),
            "warm": lambda: timed(lambda: runner.run(request)),
            "fork": fork,
            "tests": lambda: taken[1],
            "pytest": partial(cold_pytest, kata),
        }
        found = medians(ways, rounds)
    floor = found["fork"] + found["tests"]
    return {
        "kata": kata.short,
        "pytest_by_watch": found["pytest"] / found["watch"],
        "warm_by_floor": found["warm"] / floor,
        "above_tests": found["watch"] - found["tests"],
        "floor": floor,
        **found,
    }


@contextmanager
def watching(kata: Kata) -> Iterator[Terminal]:
    """Watch a kata that is not started in a terminal, until the block ends."""
    command = [sys.executable, "-m", "dojo", "watch", kata.short]
    paths = {"PYTHONPATH": str(Path(kata.root) / "tooling")}
    with Terminal(command, kata.root, paths) as terminal:
        terminal.read_until("Write ")
        yield terminal
        terminal.press("q")
        terminal.read_to_end()


def save(kata: Kata, terminal: Terminal) -> float:
    """Save the reference; return the seconds until the screen says green, and undo it."""
    start = time.perf_counter()
    solve(kata)
    terminal.read_until("is green.")
    seconds = time.perf_counter() - start
    unsolve(kata)
    terminal.read_until("Write ")
    return seconds
