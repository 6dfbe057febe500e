"""The least that a verdict can cost: a fork, and what the tests themselves take.

Started as a program, this is the process that has everything loaded. For each name of a kata on
its input it forks twice, once for nothing and once to run the reference's tests with pytest, and
answers with the seconds of both. What the tests take is pytest's own figure, as `--durations`
shows it: setup, call and teardown of every test.
"""

import gc
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from dojo.child.main import bare_arguments
from dojo.kata.catalog import Kata
from dojo.run.environ import environment
from dojo.run.scratch import scratch_folder

from bench.rounds import timed


class Loaded:
    """A process that has everything loaded, to be asked what a fork and the tests take."""

    def __init__(self, root: Path, libraries: Sequence[str]) -> None:
        """Start it; it imports the libraries before it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.floor", *libraries],
            cwd=root,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def take(self, kata: Kata) -> tuple[float, float]:
        """Return the seconds of a fork, and of a kata's tests."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{kata.name}\n")
        self.process.stdin.flush()
        fork, tests = json.loads(self.process.stdout.readline())
        return fork, tests

    def close(self) -> None:
        """End the process."""
        self.process.communicate()


class Durations:
    """A pytest plugin that adds up what the tests take."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.seconds = 0.0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add what one phase of one test took."""
        self.seconds += report.duration


def fork_for_nothing() -> float:
    """Return how many seconds a fork takes that ends at once."""

    def run() -> None:
        pid = os.fork()
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)

    return timed(run)


def fork_for_tests(name: str) -> float:
    """Return how many seconds the tests of a kata take in a fork."""
    reading, writing = os.pipe()
    # Where a run has its files too: in memory.
    with scratch_folder() as scratch:
        pid = os.fork()
        if pid == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            durations = Durations()
            words = [f"katas/{name}", "--against=solutions", f"--basetemp={scratch}/tmp"]
            code = pytest.main([*words, *bare_arguments()], plugins=[durations])
            os.write(writing, json.dumps([int(code), durations.seconds]).encode())
            os._exit(0)
        os.close(writing)
        with open(reading) as pipe:
            code, seconds = json.load(pipe)
        os.waitpid(pid, 0)
    if code:
        raise SystemExit(f"The reference of {name} is not green.")
    return float(seconds)


def main(libraries: Sequence[str]) -> None:
    """Answer names of katas, a line each."""
    for library in libraries:
        importlib.import_module(library)
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        print(json.dumps([fork_for_nothing(), fork_for_tests(line.strip())]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
