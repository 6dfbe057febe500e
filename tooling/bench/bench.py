"""`bench`: the benchmarks, each of which prints one table.

A benchmark is a module of this folder with a function `measure(katas, options)`, and an entry in
BENCHMARKS.
"""

import argparse
import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dojo.cli import Parser
from dojo.errors import UsageError
from dojo.kata import catalog

# What argparse is told of an option.
Option = Mapping[str, Any]


@dataclass(frozen=True)
class Benchmark:
    """A benchmark: what it measures, how often unless told otherwise, and options of its own."""

    text: str
    rounds: int = 7
    options: Mapping[str, Option] = field(default_factory=dict)


BENCHMARKS = {
    "check": Benchmark("a bare pytest, nox -s check and a warm verdict"),
    "watch": Benchmark(
        "from a save to the verdict on the screen",
        options={"--saves": {"type": int, "help": "what grows over so many saves, instead"}},
    ),
    "verify": Benchmark(
        "the seconds of each proof",
        rounds=1,
        options={"--only": {"action": "append", "metavar": "PROOF", "help": "only this; repeat"}},
    ),
    "grade": Benchmark(
        "judged verdicts a minute, beside a fresh pytest a file",
        rounds=1,
        options={"--files": {"type": int, "default": 12, "help": "files a kata (default: 12)"}},
    ),
    "scale": Benchmark(
        "what grading costs against the size of a cohort",
        rounds=1,
        options={"--learners": {"type": int, "nargs": "+", "default": [50, 100, 200, 400]}},
    ),
    "attacks": Benchmark(
        "an honest file's time while another judge is under attack",
        options={"--attacks": {"nargs": "+", "default": [], "help": "only these (default: all)"}},
    ),
}


def parser() -> argparse.ArgumentParser:
    """Build a parser with a sub-command for every benchmark."""
    top = Parser(prog="nox -s bench --", description="Measure how long the tool takes.")
    top.set_defaults(run=bench, complain=top.error, verb="bench")
    commands = top.add_subparsers(dest="benchmark", required=True, metavar="BENCHMARK")
    for name, benchmark in BENCHMARKS.items():
        command = commands.add_parser(name, help=benchmark.text, description=benchmark.text)
        command.add_argument("--katas", nargs="+", default=[], help="katas (default: all)")
        command.add_argument("--rounds", type=int, default=benchmark.rounds, help="rounds to take")
        command.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
        for flag, option in benchmark.options.items():
            command.add_argument(flag, **option)
    return top


def bench(options: argparse.Namespace) -> int:
    """Run one benchmark and print its table."""
    from dojo.run.warm import CAN_FORK
    from rich.console import Console

    if not CAN_FORK:
        raise UsageError("The benchmarks need Linux: they measure forks and a pseudo-terminal.")
    if options.rounds < 1:
        raise UsageError(f"--rounds is {options.rounds}; take at least 1.")
    module = importlib.import_module(f"bench.{options.benchmark}")
    root: Path = options.root
    katas = [catalog.find(root, word) for word in options.katas] or catalog.katas(root)
    measured = module.measure(katas, options)
    measured.show(Console())
    if options.json is not None:
        measured.write(options.json)
    return 0
