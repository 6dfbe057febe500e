"""`hint`: the next rung for a function; the journal remembers how far it went."""

from pathlib import Path

from rich.console import Console

from dojo.errors import UsageError
from dojo.kata.catalog import Kata
from dojo.kata.fingerprints import fingerprints
from dojo.kata.hints import read_hints
from dojo.learner import journal
from dojo.run.cold import run_cold
from dojo.run.request import ask
from dojo.show.markdown import markdown


def hint(root: Path, kata: Kata, function: str | None, console: Console) -> int:
    """Show the next rung for a function, or for the first one that is not green."""
    function = function or first_open(kata)
    if function is None:
        console.print(f"{kata.short} is green; there is nothing left to hint at.")
        return 0
    rungs = rungs_of(kata, function)
    rung = min(max(seen(root, kata, function) + 1, answer(root, kata, function)), len(rungs))
    show(kata, function, rung, console)
    unsaved = keep(root, kata, function, rung)
    if rung == len(rungs):
        reference = f" The reference: nox -s solution -- {kata.short}"
        console.print(f"\nThat was the last one.{reference if kata.reference.exists() else ''}")
    if unsaved:
        console.print(f"\n{unsaved}", markup=False)
    return 0


def rungs_of(kata: Kata, function: str) -> list[str]:
    """Return the rungs of a function; UsageError where there are none."""
    rungs = read_hints(kata).get(function)
    if not rungs:
        raise UsageError(f"There are no hints for {function} in {kata.folder.name}/hints.md.")
    return rungs


def seen(root: Path, kata: Kata, function: str) -> int:
    """Return the furthest rung of a function that the learner has seen, 0 for none."""
    return journal.read(root).get(kata.name, journal.History()).rungs.get(function, 0)


def answer(root: Path, kata: Kata, function: str) -> int:
    """Return the first rung that answers a mistake which the last check named in a function."""
    told = journal.read(root).get(kata.name, journal.History()).told.get(function, ())
    known = fingerprints(kata.fingerprints).mistakes
    return min((mistake.rung for mistake in known if mistake.name in told), default=1)


def show(kata: Kata, function: str, rung: int, console: Console) -> None:
    """Show a rung of a function, counted from 1."""
    rungs = rungs_of(kata, function)
    console.print(f"{kata.short} {function}, hint {rung} of {len(rungs)}", style="bold")
    console.print(markdown(rungs[rung - 1]))


def keep(root: Path, kata: Kata, function: str, rung: int) -> str:
    """Remember that a rung was seen; "", or why that could not be saved.

    One that is shown again is no further hint.
    """
    if rung <= seen(root, kata, function):
        return ""
    return journal.write(root, "hint", kata, function=function, rung=rung)


def first_open(kata: Kata) -> str | None:
    """Run the kata and return the first function that is not green."""
    verdict = run_cold(ask(kata, 1))[0]
    if verdict.fault:
        raise UsageError(verdict.fault)
    return verdict.first_open()
