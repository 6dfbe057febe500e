"""`bench attacks`: how long an honest file takes while another judge is under attack."""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from dojo.author.judge.judge import Judge
from dojo.errors import UsageError
from dojo.kata.catalog import Kata
from dojo.run.request import DEFAULT_SEED, ask
from dojo.run.verdict import Verdict

from bench.table import SECONDS, Column, Measured, Row

COLUMNS = (
    Column("attack", "attack"),
    Column("by_honest", "beside it / beside an honest one", "{:.2f}x"),
    Column("seconds", "beside it s", SECONDS),
    Column("runs", "honest runs"),
    Column("green", "of them green"),
)
CORPUS = Path(__file__).resolve().parents[1] / "tests" / "redteam"
SHOWN = 10
# An attack that is ended by its limit of time would be measured for as long.
MOST_RUNS = 12


@dataclass
class Pair:
    """Two judges on one kata: what one is given must not be felt by the other."""

    kata: Kata
    one: Judge
    other: Judge

    def beside(self, file: Path) -> Row:
        """Judge the honest file again and again for as long as the other judge has this one."""
        seconds: list[float] = []
        green = 0
        with ThreadPoolExecutor(1) as threads:
            running = threads.submit(self.judge, self.other, file)
            while not seconds or not (running.done() or len(seconds) >= MOST_RUNS):
                verdict = self.judge(self.one, self.kata.reference)
                seconds.append(verdict.seconds)
                green += verdict.green
            running.result()
        return {"seconds": median(seconds), "runs": len(seconds), "green": green}

    def judge(self, judge: Judge, file: Path) -> Verdict:
        """Give one file its verdict."""
        return judge.run(ask(self.kata, DEFAULT_SEED, file=file))[0]


def measure(katas: Sequence[Kata], options: argparse.Namespace) -> Measured:
    """Measure an honest file beside each attack of the red team, and beside itself.

    The red team has a kata of its own, whatever `katas` are. The ten that are felt most are shown.
    """
    attacks = choose(options.attacks)
    with tempfile.TemporaryDirectory(prefix="dojo-") as folder:
        kata = copy(katas[0].root, Path(folder).resolve() / "workbook")
        with (
            closing(Judge(kata.root, [kata])) as one,
            closing(Judge(kata.root, [kata])) as other,
        ):
            pair = Pair(kata, one, other)
            pair.beside(kata.reference)  # both start warm
            usual = [pair.beside(kata.reference) for _ in range(options.rounds)]
            honest = median(float(row["seconds"]) for row in usual)
            print(f"{len(attacks)} attacks ...", file=sys.stderr, flush=True)
            rows = [attacked(pair, path, honest) for path in attacks]
    rows.sort(key=lambda row: -float(row["by_honest"]))
    title = f"An honest file of {honest:.3f} s, while another judge is under attack"
    return Measured("attacks", title, COLUMNS, [*rows[:SHOWN], summed_up(rows)])


def choose(names: Sequence[str]) -> list[Path]:
    """Find attacks by their names, or all; UsageError for a name that none has."""
    known = {path.stem: path for path in sorted((CORPUS / "attacks").glob("*.py"))}
    if strange := [name for name in names if name not in known]:
        raise UsageError(f"There is no attack {strange[0]!r} in tooling/tests/redteam/attacks/.")
    return [known[name] for name in names] or list(known.values())


def copy(root: Path, workbook: Path) -> Kata:
    """Copy the kata under attack to a workbook of its own."""
    shutil.copytree(CORPUS, workbook, ignore=shutil.ignore_patterns("__pycache__", "attacks"))
    shutil.copy(root / "pyproject.toml", workbook)
    return Kata(workbook, "kata01_errands")


def hand_in(kata: Kata, attack: Path, folder: Path) -> Path:
    """Write a learner's file: honest, but for the functions that an attack replaces."""
    file = folder / attack.name
    file.write_bytes(kata.reference.read_bytes() + b"\n\n" + attack.read_bytes())
    return file


def attacked(pair: Pair, attack: Path, honest: float) -> Row:
    """Measure beside one attack."""
    row = pair.beside(hand_in(pair.kata, attack, pair.kata.root))
    return {"attack": attack.stem, "by_honest": float(row["seconds"]) / honest, **row}


def summed_up(rows: Sequence[Row]) -> Row:
    """Return the row of all attacks: medians of them, and sums of the runs."""
    middle = {key: median(float(row[key]) for row in rows) for key in ("by_honest", "seconds")}
    counts = {key: sum(int(row[key]) for row in rows) for key in ("runs", "green")}
    return {"attack": f"all {len(rows)}", **middle, **counts}
