"""`verify`: proves katas right, in a table, with a reason for every failure."""

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dojo.authoring import proofs
from dojo.authoring.mutation import check_mutants
from dojo.authoring.pool import Pool, pool
from dojo.authoring.proofs import Bench, Check, Proof
from dojo.catalog import Kata
from dojo.errors import UsageError

CHECKS: tuple[Check, ...] = (
    proofs.check_files,
    proofs.check_stub,
    proofs.check_right_answers,
    proofs.check_mistakes,
    proofs.check_memoriser,
    check_mutants,
    proofs.check_budgets,
)


def verify(katas: Sequence[Kata], console: Console) -> bool:
    """Prove katas, print a table each, and tell whether every proof holds."""
    holds = True
    with pool(katas[0].root) as workers, tempfile.TemporaryDirectory(prefix="dojo-") as scratch:
        for kata in katas:
            start = time.monotonic()
            found = prove(kata, workers, Path(scratch))
            holds &= not any(p.problems for p in found)
            show(kata, found, time.monotonic() - start, console)
    return holds


def prove(kata: Kata, workers: Pool, scratch: Path) -> list[Proof]:
    """Run every check on one kata; a check that cannot be made is a problem of its own."""
    bench = Bench(kata, workers, scratch)
    found = []
    for check in CHECKS:
        try:
            found.append(check(bench))
        except (UsageError, OSError, SyntaxError) as error:
            name = check.__name__.removeprefix("check_").replace("_", " ")
            found.append(Proof(name, "", (f"could not be checked: {error}",)))
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
