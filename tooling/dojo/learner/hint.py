"""`hint`: the next rung for a function; the journal remembers how far it went."""

from pathlib import Path

from rich.console import Console
from rich.markdown import Markdown

from dojo.catalog import Kata
from dojo.errors import UsageError
from dojo.hints import read_hints
from dojo.learner import journal
from dojo.request import ask
from dojo.run import run_cold


def hint(root: Path, kata: Kata, function: str | None, console: Console) -> int:
    """Show the next rung for a function, or for the first one that is not green."""
    function = function or first_open(kata)
    if function is None:
        console.print(f"{kata.short} is green; there is nothing left to hint at.")
        return 0
    rungs = read_hints(kata).get(function)
    if not rungs:
        raise UsageError(f"There are no hints for {function} in {kata.folder.name}/hints.md.")
    seen = journal.read(root).get(kata.name, journal.History()).hints.get(function, 0)
    rung = min(seen, len(rungs) - 1)
    console.print(f"{kata.short} {function}, hint {rung + 1} of {len(rungs)}", style="bold")
    console.print(Markdown(rungs[rung]))
    unsaved = journal.write(root, "hint", kata, function=function, rung=rung + 1)
    if rung == len(rungs) - 1:
        reference = f" The reference: nox -s solution -- {kata.short}"
        console.print(f"\nThat was the last one.{reference if kata.reference.exists() else ''}")
    if unsaved:
        console.print(f"\n{unsaved}", markup=False)
    return 0


def first_open(kata: Kata) -> str | None:
    """Run the kata and return the first function that is not green."""
    verdict = run_cold(kata, ask(kata, 1))[0]
    if verdict.fault:
        raise UsageError(verdict.fault)
    return verdict.first_open()
