"""`progress`: how far the learner is, derived from the journal."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from dojo import catalog
from dojo.catalog import Kata
from dojo.learner import journal


def progress(root: Path, console: Console) -> int:
    """Show tracks, katas, functions, tries, hints and dates in a table."""
    histories = journal.read(root)
    # As wide as the longest title needs, and 80 columns at most.
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("kata", no_wrap=True)
    for name in ("green", "red", "untouched", "tries", "hints"):
        table.add_column(name, justify="right")
    for name in ("first try", "last try"):
        table.add_column(name, no_wrap=True)
    track, green = "", 0
    for kata in catalog.katas(root):
        if kata.facts.track != track:
            track = kata.facts.track
            table.add_row(f"[bold]{track}")
        history = histories.get(kata.name, journal.History())
        green += history.green(kata)
        skipped = " (skipped)" * history.skipped
        table.add_row(f"{kata.short} {kata.facts.title}{skipped}", *row(kata, history))
    console.print(table)
    console.print(f"\n{green} of {len(catalog.katas(root))} katas are green.", highlight=False)
    return 0


def row(kata: Kata, history: journal.History) -> list[str]:
    """Return the figures of one kata."""
    states = [history.states.get(f, "not_started") for f in kata.functions]
    counts = [str(states.count(s)) for s in ("green", "red", "not_started")]
    hints = sum(history.hints.values())
    return [*counts, str(history.tries), str(hints), day(history.first), day(history.last)]


def day(moment: str) -> str:
    """Shorten a time stamp to its date."""
    return moment[:10]
