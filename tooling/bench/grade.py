"""`bench grade`: judged verdicts a minute, beside a fresh pytest a file, bare and in bubblewrap."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from dojo.author.grade.job import Job, judge_with, runner_for
from dojo.author.grade.key import hash_of_kata
from dojo.errors import UsageError
from dojo.kata.catalog import Kata
from dojo.run.environ import environment
from dojo.run.pool import pool
from dojo.run.request import DEFAULT_SEED

from bench.cohort import handed_in
from bench.desk import desk
from bench.rounds import Way, each, medians, timed
from bench.table import RATIO, Column, Measured, Row

RATE = "{:.0f}"
COLUMNS = (
    Column("kata", "kata"),
    Column("by_sandbox", "judged / bwrap", RATIO),
    Column("by_pytest", "judged / pytest", RATIO),
    Column("judged", "judged a minute", RATE),
    Column("judged_runs", "of them run", RATE),
    Column("sandboxed", "bwrap a minute", RATE),
    Column("pytest", "pytest a minute", RATE),
)
WAYS = ("judged", "sandboxed", "pytest")


def measure(katas: Sequence[Kata], options: argparse.Namespace) -> Measured:
    """Measure how many files of a cohort are judged a minute, kata by kata and over all.

    A quarter of the files, by chance, are untouched stubs: these are known to be red without a
    run. `judged_runs` counts the others only.
    """
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise UsageError("This benchmark needs bubblewrap; `nox -s doctor` tells how to get it.")
    walls = [bwrap, "--unshare-all", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    walls += ["--tmpfs", "/dev/shm", "--setenv", "TMPDIR", "/dev/shm", "--"]
    seconds: dict[str, dict[str, float]] = {}
    runs: dict[str, int] = {}
    with (
        desk(katas) as copies,
        pool(copies[0].root, start=partial(runner_for, unsafe=False)) as workers,
    ):
        for kata in each(copies):
            texts = [handed_in(kata, f"learner{n:04}", seed=1) for n in range(options.files)]
            paths = write(texts, Path(kata.root, "handed_in", kata.name))
            jobs = [job(kata, text) for text in texts if text != read(kata.pristine)]
            runs[kata.short] = len(jobs)
            ways: dict[str, Way] = {
                "judged": partial(at_once, partial(judge_with, workers.run), jobs),
                "sandboxed": partial(at_once, partial(run_pytest, kata, walls), paths),
                "pytest": partial(at_once, partial(run_pytest, kata, []), paths),
            }
            seconds[kata.short] = medians(ways, options.rounds)
    rows = [row(name, options.files, runs[name], found) for name, found in seconds.items()]
    whole = {way: sum(found[way] for found in seconds.values()) for way in WAYS}
    rows.append(row("all", options.files * len(rows), sum(runs.values()), whole))
    title = f"{options.files} files a kata, {os.cpu_count()} at once"
    return Measured("grade", title, COLUMNS, rows)


def job(kata: Kata, text: str) -> Job:
    """Ask for the verdict on a file."""
    return Job(str(kata.root), kata.name, hash_of_kata(kata), "", text.encode(), DEFAULT_SEED)


def read(path: Path) -> str:
    """Read a file as it was handed in."""
    return path.read_text(encoding="utf-8")


def write(texts: Sequence[str], folder: Path) -> list[Path]:
    """Write each file to a folder of its own."""
    paths = []
    for number, text in enumerate(texts):
        path = folder / str(number) / "handed_in.py"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def at_once(run: Callable[[object], object], things: Sequence[object]) -> float:
    """Time a run of each of some things, as many at once as there are cores."""

    def everything() -> None:
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            list(threads.map(run, things))

    return timed(everything)


def run_pytest(kata: Kata, walls: Sequence[str], path: object) -> None:
    """Run the tests of a kata against a file as autograders do: red or green, it ends by itself."""
    words = ["-m", "pytest", "-q", str(kata.tests), "--file", str(path), "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*walls, sys.executable, *words],
        cwd=kata.root,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if done.returncode not in (0, 1):
        raise UsageError(f"pytest ended with {done.returncode}, neither green nor red.")


def row(name: str, files: int, runs: int, seconds: dict[str, float]) -> Row:
    """Return the rates of one kata, or of all."""
    rates = {way: 60 * files / seconds[way] for way in WAYS}
    rates["judged_runs"] = 60 * runs / seconds["judged"]
    return {
        "kata": name,
        "by_sandbox": rates["judged"] / rates["sandboxed"],
        "by_pytest": rates["judged"] / rates["pytest"],
        **rates,
    }
