"""`skip`: pass over a kata until it is named again."""

from pathlib import Path
from typing import TYPE_CHECKING

from dojo.catalog import Kata
from dojo.learner import journal

if TYPE_CHECKING:
    from rich.console import Console


def skip(root: Path, kata: Kata, console: "Console") -> int:
    """Keep in the journal that a kata is to be passed over."""
    mark(root, kata, True)
    console.print(
        f"{kata.short} is skipped: nox passes over it until nox -s check -- {kata.short}",
        highlight=False,
        soft_wrap=True,
    )
    return 0


def take_up(root: Path, kata: Kata) -> None:
    """Pass over a kata no more, if it was skipped."""
    if is_skipped(root, kata):
        mark(root, kata, False)


def is_skipped(root: Path, kata: Kata) -> bool:
    """Tell whether a kata is passed over."""
    return journal.read(root).get(kata.name, journal.History()).skipped


def mark(root: Path, kata: Kata, skipped: bool) -> None:
    """Write into the journal whether a kata is passed over."""
    journal.write(root, "skip", kata, skipped=skipped)
