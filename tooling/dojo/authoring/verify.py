"""`verify`: proves katas right, in a table, with a reason for every failure."""

import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dojo.authoring import halves, proofs
from dojo.authoring.bench import SEEDS, Bench, Check, Proof
from dojo.authoring.mutation import check_mutants
from dojo.authoring.parity import check_judged
from dojo.calls import Refusal
from dojo.catalog import Kata
from dojo.errors import UsageError
from dojo.pool import pool

CHECKS: tuple[Check, ...] = (
    halves.check_files,
    halves.check_stub,
    proofs.check_right_answers,
    proofs.check_mistakes,
    proofs.check_memoriser,
    proofs.check_damage,
    proofs.check_idle_answers,
    check_mutants,
    check_judged,
    proofs.check_budgets,
)


def verify(
    katas: Sequence[Kata],
    console: Console,
    only: Sequence[str] | None,
    *,
    thorough: bool = False,
) -> bool:
    """Prove katas, print a table each, and tell whether every proof holds.

    `only` names the proofs to make; None makes all. UsageError for a name that is none.
    `thorough` judges under five seeds instead of one.
    """
    checks = choose(only)
    total: Counter[bool] = Counter()
    with pool(katas[0].root) as workers, tempfile.TemporaryDirectory(prefix="dojo-") as scratch:
        seeds = SEEDS[: 5 if thorough else 1]
        for kata in katas:
            start = time.monotonic()
            bench = Bench(kata, workers, Path(scratch), judged_seeds=seeds)
            found = prove(bench, checks)
            total.update(bool(p.problems) for p in found)
            show(kata, found, time.monotonic() - start, console)
    console.print(f"proofs: {total[False]} passed, {total[True]} failed", highlight=False)
    return not total[True]


def name_of(check: Check) -> str:
    """Name a check as `--only` and the table do."""
    return check.__name__.removeprefix("check_").replace("_", " ")


def choose(only: Sequence[str] | None) -> list[Check]:
    """Return the checks of some names, in their fixed order."""
    names = {name_of(check): check for check in CHECKS}
    for word in only or ():
        if word not in names:
            raise UsageError(f"There is no proof {word!r}. There are: {', '.join(names)}.")
    return [check for name, check in names.items() if only is None or name in only]


def prove(bench: Bench, checks: Sequence[Check]) -> list[Proof]:
    """Run checks on one kata; a check that cannot be made is a problem of its own."""
    found = []
    for check in checks:
        start = time.monotonic()
        try:
            proof = check(bench)
        except (UsageError, Refusal, OSError, SyntaxError) as error:
            proof = Proof(name_of(check), "", (f"could not be checked: {error}",))
        found.append(replace(proof, seconds=time.monotonic() - start))
    return found


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
