"""What a kata comes to: the lines at the head of its debrief, shown when it turns green."""

import re

from dojo.kata.catalog import Kata

LABELS = ("The trap", "The number", "Say it")
LINE = re.compile(rf"^\*\*({'|'.join(LABELS)})\.\*\* (.+)$", re.M)


def in_short(kata: Kata) -> dict[str, str]:
    """Return those lines by their labels: the trap, the number, the question to say out loud.

    A label that the debrief lacks has none: `verify` says so.
    """
    path = kata.folder / "debrief.md"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    found = dict(LINE.findall(text))
    return {label: found[label] for label in LABELS if label in found}
