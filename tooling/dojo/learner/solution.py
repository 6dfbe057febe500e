"""`solution`: show the reference, after asking a learner who is not there yet."""

import sys
from pathlib import Path

from rich.console import Console
from rich.prompt import Confirm
from rich.syntax import Syntax

from dojo.errors import UsageError, say
from dojo.kata.catalog import Kata
from dojo.learner import hint


def solution(kata: Kata, yes: bool, console: Console) -> int:
    """Show the reference of a kata: highlighted on a terminal, as it is in a pipe."""
    if not kata.reference.exists():
        raise UsageError(
            f"The reference solution of {kata.short} is not part of this edition of the workbook."
        )
    if not yes and (function := hint.first_open(kata)) and not confirmed(kata, function):
        say("Not shown.")
        return 0
    if console.is_terminal:
        source = kata.reference.read_text(encoding="utf-8")
        console.print(Syntax(source, "python", background_color="default", word_wrap=True))
    else:
        hand_out(kata.reference)
    return 0


def hand_out(file: Path) -> None:
    """Write a file to stdout, byte for byte: it may become a file again."""
    sys.stdout.flush()
    sys.stdout.buffer.write(file.read_bytes())
    sys.stdout.buffer.flush()


def confirmed(kata: Kata, function: str) -> bool:
    """Ask whether to show the reference although a function is not green.

    The question goes to stderr: stdout may be a file, which nobody reads and which is to be code.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            f"{function} of {kata.short} is not green yet. To see the reference anyway: "
            f"nox -s solution -- {kata.short} --yes"
        )
    question = f"{function} is not green yet. Show the reference anyway?"
    return Confirm.ask(question, default=False, console=Console(stderr=True))
