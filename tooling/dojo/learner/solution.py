"""`solution`: show the reference, after asking a learner who is not there yet."""

import sys

from rich.console import Console
from rich.prompt import Confirm
from rich.syntax import Syntax

from dojo.catalog import Kata
from dojo.errors import UsageError
from dojo.learner import hint


def solution(kata: Kata, yes: bool, console: Console) -> int:
    """Show the reference of a kata, highlighted."""
    if not kata.reference.exists():
        raise UsageError(
            f"The reference solution of {kata.short} is not part of this edition of the workbook."
        )
    if not yes and (function := hint.first_open(kata)) and not confirmed(kata, function):
        console.print("Not shown.")
        return 0
    source = kata.reference.read_text(encoding="utf-8")
    console.print(Syntax(source, "python", background_color="default"))
    return 0


def confirmed(kata: Kata, function: str) -> bool:
    """Ask whether to show the reference although a function is not green."""
    if not sys.stdin.isatty():
        raise UsageError(f"{function} of {kata.short} is not green yet; --yes shows it anyway.")
    return Confirm.ask(f"{function} is not green yet. Show the reference anyway?", default=False)
