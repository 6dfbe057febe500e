"""`skip`: pass over a kata until it is named again."""

from pathlib import Path
from typing import TYPE_CHECKING

from dojo.kata.catalog import Kata
from dojo.learner import journal

if TYPE_CHECKING:
    from rich.console import Console


def skip(root: Path, kata: Kata, console: "Console") -> int:
    """Keep in the journal that a kata is to be passed over."""
    unsaved = mark(root, kata, True)
    said = f"{kata.short} is skipped: nox passes over it until nox -s check -- {kata.short}"
    console.print(unsaved or said, highlight=False, markup=False, soft_wrap=True)
    return 2 if unsaved else 0


def take_up(root: Path, kata: Kata) -> str:
    """Pass over a kata no more, if it was skipped; "", or why that could not be saved."""
    return mark(root, kata, False) if is_skipped(root, kata) else ""


def is_skipped(root: Path, kata: Kata) -> bool:
    """Tell whether a kata is passed over."""
    return journal.read(root).get(kata.name, journal.History()).skipped


def mark(root: Path, kata: Kata, skipped: bool) -> str:
    """Write into the journal whether a kata is passed over; "", or why that could not be saved."""
    return journal.write(root, "skip", kata, skipped=skipped)
