"""`verify`: proves katas right, in a table, with a reason for every failure."""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from dojo.author.judge.judge import Judge
from dojo.author.verify import halves, proofs, proved
from dojo.author.verify.fingerprinting import check_fingerprints
from dojo.author.verify.mutation import check_mutants
from dojo.author.verify.parity import check_judged
from dojo.author.verify.workbench import SEEDS, Bench, Check, Proof
from dojo.child.recorder import Refusal
from dojo.errors import UsageError
from dojo.kata.catalog import Kata
from dojo.kata.libraries import libraries
from dojo.run.pool import Pool, pool
from dojo.run.warm import start_runner

CHECKS: tuple[Check, ...] = (
    halves.check_files,
    halves.check_stub,
    proofs.check_right_answers,
    proofs.check_mistakes,
    check_fingerprints,
    proofs.check_memoriser,
    proofs.check_damage,
    proofs.check_idle_answers,
    check_mutants,
    check_judged,
    proofs.check_budgets,
)
QUICK: tuple[Check, ...] = (
    halves.check_stub,
    proofs.check_answers_again,
    proofs.check_mistakes_again,
)
# The share of a kata's time that a proof takes, in hundredths; of those that are not here, one.
SHARES = {"right answers": 15, "mistakes": 12, "fingerprints": 18, "mutants": 28, "judged": 23}

Choose = Callable[[Kata], Sequence[Check]]


def verify(
    katas: Sequence[Kata],
    console: Console,
    checks_of: Choose,
    *,
    thorough: bool = False,
    fresh: int = 0,
) -> bool:
    """Prove katas, print a table each, and tell whether every proof holds.

    `checks_of` names the proofs of a kata; one for which all are made, and hold, is remembered.
    `thorough` judges under five seeds instead of one; `fresh` moves the seeds of what is proved
    again.
    """
    plan = {kata: checks for kata in katas if (checks := checks_of(kata))}
    for kata in katas:
        if kata not in plan:
            console.print(f"{kata.name} is proved as it is; --all proves it again.")
    total: Counter[bool] = Counter()
    with (
        benches(katas, SEEDS[: 5 if thorough else 1], fresh) as bench,
        Bar.on(console, plan) as bar,
    ):
        for kata, checks in plan.items():
            start = time.monotonic()
            found = prove(bench(kata), checks, bar.advance)
            if not thorough:  # its figures are of more runs than those that are remembered
                found = remembered(kata, found)
            total.update(bool(p.problems) for p in found)
            show(kata, found, time.monotonic() - start, console)
    console.print(f"proofs: {total[False]} passed, {total[True]} failed", highlight=False)
    return not total[True]


@contextmanager
def benches(
    katas: Sequence[Kata], judged_seeds: range = SEEDS[:1], fresh: int = 0
) -> Iterator[Callable[[Kata], Bench]]:
    """Return what proves one of some katas; all share the pools, which start when first needed."""
    root = katas[0].root
    with tempfile.TemporaryDirectory(prefix="dojo-") as scratch, ExitStack() as stack:

        @cache
        def workers() -> Pool:
            names = libraries(katas, solutions=True)
            return stack.enter_context(pool(root, start=lambda root: start_runner(root, names)))

        @cache
        def judges() -> Pool:
            return stack.enter_context(pool(root, start=lambda root: Judge(root, list(katas))))

        yield lambda kata: Bench(
            kata, workers(), Path(scratch), judged_seeds=judged_seeds, judges=judges, fresh=fresh
        )


def name_of(check: Check) -> str:
    """Name a check as `--only` and the table do."""
    return check.__name__.removeprefix("check_").replace("_", " ")


def only(names: Sequence[str]) -> Choose:
    """Choose the proofs of some names for every kata; UsageError for a name that is none."""
    known = {name_of(check): check for check in CHECKS}
    for word in names:
        if word not in known:
            raise UsageError(f"There is no proof {word!r}. There are: {', '.join(known)}.")
    chosen = [check for name, check in known.items() if name in names]
    return lambda kata: chosen


def choose(names: Sequence[str] | None, *, again: bool) -> Choose:
    """Choose the proofs of some names, or all; these for what has changed only, if not `again`."""
    if names:
        return only(names)
    return lambda kata: CHECKS if again or not proved.is_current(kata) else ()


def in_turn(katas: Sequence[Kata], turn: int, count: int) -> Choose:
    """Choose all proofs for what has changed and for `count` others in turn; else the quick ones.

    So no kata stays unproved for long, and no file that says it was proved is believed for long.
    """
    chosen = {katas[(turn * count + n) % len(katas)] for n in range(count)}
    return lambda kata: CHECKS if kata in chosen or not proved.is_current(kata) else QUICK


def prove(
    bench: Bench, checks: Sequence[Check], done: Callable[[str, Check], object] = lambda *_: None
) -> list[Proof]:
    """Run checks on one kata; a check that cannot be made is a problem of its own.

    `done` is told the kata and the check before each.
    """
    found = []
    for check in checks:
        done(bench.kata.short, check)
        start = time.monotonic()
        try:
            proof = check(bench)
        except (UsageError, Refusal, OSError, SyntaxError) as error:
            proof = Proof(name_of(check), "", (f"could not be checked: {error}",))
        found.append(replace(proof, seconds=time.monotonic() - start))
    return found


def remembered(kata: Kata, found: list[Proof]) -> list[Proof]:
    """Remember a kata of which all was proved, and hold it against what was remembered."""
    if len(found) < len(CHECKS) or any(proof.problems for proof in found):
        return found
    known, now = proved.read(kata), proved.now(kata, {p.claim: p.figure for p in found})
    if known and known.is_of_the_same(now):
        wrong = proved.contradiction(known, now)
        return [*found, Proof("remembered", "", (wrong,))] if wrong else found
    proved.write(kata, now)
    return found


class Bar:
    """A bar on a terminal, with what is being proved and the time left."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        """Move one task of a display."""
        self.progress = progress
        self.task = task
        self.share = 0

    @classmethod
    @contextmanager
    def on(cls, console: Console, plan: Mapping[Kata, Sequence[Check]]) -> Iterator["Bar"]:
        """Show it while the block runs; where nobody looks, it shows nothing."""
        total = sum(share(check) for checks in plan.values() for check in checks)
        columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
        off = not console.is_terminal or not total
        with Progress(*columns, console=console, transient=True, disable=off) as progress:
            yield cls(progress, progress.add_task("", total=total))

    def advance(self, kata: str, check: Check) -> None:
        """Say what is proved now; what was before is done."""
        name = f"{kata} {name_of(check)}"
        self.progress.update(self.task, advance=self.share, description=name)
        self.share = share(check)


def share(check: Check) -> int:
    """Return how much of the time of a kata's proofs a check takes."""
    return SHARES.get(name_of(check), 1)


def show(kata: Kata, found: Sequence[Proof], seconds: float, console: Console) -> None:
    """Show the proofs of one kata as a table, and under it what is wrong and what to do."""
    table = Table(title=f"{kata.name}, {seconds:.0f} s", title_justify="left")
    for name in ("", "proof", "figure"):
        table.add_column(name)
    for proof in found:
        mark = "[red]red" if proof.problems else "[green]holds"
        table.add_row(mark, proof.claim, proof.figure)
    console.print(table)
    for proof in found:
        for kind, lines in (("red", proof.problems), ("note", proof.notes)):
            for line in lines:
                console.print(f"{kind}  {proof.claim}: {line}", soft_wrap=True, markup=False)
    console.print()
