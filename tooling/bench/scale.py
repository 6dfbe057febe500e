"""`bench scale`: what grading a cohort costs against its size; again; and after one hand-in."""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dojo.errors import UsageError
from dojo.kata.catalog import Kata
from dojo.run.environ import environment

from bench.cohort import make_cohort
from bench.desk import desk
from bench.rounds import timed
from bench.table import SECONDS, Column, Measured, Row

COLUMNS = (
    Column("learners", "learners"),
    Column("by_first", "s a learner / first row", "{:.2f}x"),
    Column("memory_by_first", "memory / first row", "{:.2f}x"),
    Column("first", "first time s", "{:.1f}"),
    Column("runs", "runs"),
    Column("again", "again s", SECONDS),
    Column("one", "one changed s", SECONDS),
    Column("one_runs", "runs"),
    Column("megabytes", "peak MB", "{:.0f}"),
)
GRADE = """
import resource, sys
from dojo.cli import main, parser
code = main(sys.argv[1:], parser)
print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
sys.exit(code)
"""


@dataclass
class Graded:
    """What one call of `grade` took: seconds, runs, and the grader's own peak in megabytes."""

    seconds: float
    runs: int
    megabytes: int


def measure(katas: Sequence[Kata], options: argparse.Namespace) -> Measured:
    """Grade made-up cohorts of several sizes, each three times: new, known, one learner changed."""
    with desk(katas) as copies, tempfile.TemporaryDirectory(prefix="dojo-") as folder:
        rows: list[Row] = []
        for size in options.learners:
            print(f"{size} learners ...", file=sys.stderr, flush=True)
            rows.append(measure_size(copies, Path(folder, str(size)), size))
    for row in reversed(rows):
        row["by_first"] = each(row) / each(rows[0])
        row["memory_by_first"] = float(row["megabytes"]) / float(rows[0]["megabytes"])
    return Measured("scale", f"A cohort graded, {len(katas)} katas a learner", COLUMNS, rows)


def each(row: Row) -> float:
    """Return the seconds a learner of the first time."""
    return float(row["first"]) / float(row["learners"])


def measure_size(katas: Sequence[Kata], folder: Path, size: int) -> Row:
    """Grade one cohort, again, and with one learner's files replaced by another's."""
    forks = make_cohort(katas, folder / "forks", size)
    first, again = (grade(katas[0].root, folder) for _ in range(2))
    shutil.rmtree(forks[0])
    stranger = make_cohort(katas, folder / "others", 1, seed=2)[0]
    shutil.move(stranger, forks[0])
    one = grade(katas[0].root, folder)
    return {
        "learners": size,
        "first": first.seconds,
        "runs": first.runs,
        "again": again.seconds,
        "again_runs": again.runs,
        "one": one.seconds,
        "one_runs": one.runs,
        "megabytes": first.megabytes,
    }


def grade(root: Path, folder: Path) -> Graded:
    """Grade the forks of a folder into its store, in a process of its own."""
    places = ["--store", str(folder / "grades.sqlite"), "--out", str(folder / "grades")]
    command = [sys.executable, "-c", GRADE, "grade", str(folder / "forks"), "--seed=1", *places]
    output = ""

    def run() -> None:
        nonlocal output
        output = subprocess.run(
            command, cwd=root, env=environment(), capture_output=True, text=True
        ).stdout

    seconds = timed(run)
    runs = re.search(r"(\d+) now", output)
    peak = re.search(r"^peak (\d+)", output, re.M)
    if runs is None or peak is None:
        raise UsageError(f"The cohort could not be graded: {output[-500:]}")
    return Graded(seconds, int(runs[1]), int(peak[1]))
