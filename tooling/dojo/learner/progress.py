"""`progress`: how far the learner is and what comes next, derived from the journal."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from dojo.errors import UsageError
from dojo.kata import catalog
from dojo.kata.catalog import Kata
from dojo.learner import check, journal
from dojo.learner.journal import History


def progress(root: Path, console: Console) -> int:
    """Show tracks, katas, functions, tries, hints and minutes in a table, and the next step."""
    if trouble := journal.trouble(root):
        raise UsageError(trouble)
    histories, katas = journal.read(root), catalog.katas(root)
    # As wide as the longest title needs, and 80 columns at most.
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("kata", no_wrap=True)
    table.add_column("state", no_wrap=True)
    for name in ("functions", "tries", "hints", "minutes"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("last try", no_wrap=True)
    track = ""
    for kata in katas:
        if kata.facts.track != track:
            track = kata.facts.track
            table.add_row(f"[bold]{track}")
        title = f"{kata.short} {kata.facts.title}"
        table.add_row(title, *row(kata, history_of(histories, kata)))
    console.print(table)
    green = sum(history_of(histories, kata).green(kata) for kata in katas)
    console.print(f"\n{green} of {len(katas)} katas are green.", highlight=False)
    for line in next_step(root, histories):
        console.print(line, highlight=False, markup=False)
    return 0


def history_of(histories: dict[str, History], kata: Kata) -> History:
    """Return the history of a kata; an empty one if it was never begun."""
    return histories.get(kata.name, History())


def row(kata: Kata, history: History) -> list[str]:
    """Return the state and the figures of one kata."""
    green = f"{len(kata.functions) - len(history.still_open(kata))}/{len(kata.functions)}"
    hints = sum(history.hints.values())
    figures = [green, str(history.tries), str(hints), minutes(kata, history)]
    return [state(kata, history), *figures, history.last[:10]]


def state(kata: Kata, history: History) -> str:
    """Say how a kata stands; what was green once stays so, whatever became of the file."""
    if history.green(kata):
        return "was green" if history.still_open(kata) else "green"
    if history.skipped:
        return "skipped"
    started = any(history.states.get(f, "not_started") != "not_started" for f in kata.functions)
    return "begun" if started or history.best else ""


def minutes(kata: Kata, history: History) -> str:
    """Say how long a kata is estimated to take, and before that what the journal shows as spent."""
    spent = f"{history.seconds / 60:.0f} of " if history.seconds else ""
    return f"{spent}{kata.facts.minutes}"


def next_step(root: Path, histories: dict[str, History]) -> list[str]:
    """Say which function to write next, in which file, and how to check it."""
    kata = check.first_open(root)
    history = history_of(histories, kata)
    if history.green(kata):
        return ["All of them. To do one again: nox -s reset -- " + kata.short]
    file = kata.mine.relative_to(root).as_posix()
    return [
        f"Next: {history.still_open(kata)[0]} in {file}",
        f"  nox -s check -- {kata.short}  ({kata.facts.title}, {kata.facts.minutes} min in all)",
    ]
