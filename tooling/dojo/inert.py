"""Text that a learner may have chosen, made harmless wherever it is shown.

Control characters are shown as Python writes them: a terminal must not clear itself, set its
title or fill the clipboard (OSC 52), and no character may turn the direction of a line. What
GitHub's runner would take for a command, `::error::` at the start of a line or `##[error]` within
one, is broken up.
"""

import re

# The runner strips a line before it looks for `::`; the older `##[` counts anywhere.
COMMAND = re.compile(r"^(\s*):(?=:)|#(?=\[)")


def line(text: str, most: int = 200) -> str:
    """Show a text on one line of at most so many characters; line breaks become visible too."""
    short = text if len(text) <= most else text[:most] + " ..."
    return without_command("".join(visible(c) for c in short))


def lines(text: str) -> list[str]:
    """Show the lines of a text; tabs stay."""
    return [
        without_command("".join(c if c == "\t" else visible(c) for c in row))
        for row in text.splitlines()
    ]


def visible(character: str) -> str:
    """Show one character: itself, or its escape where it does not print."""
    return character if character.isprintable() else repr(character)[1:-1]


def without_command(row: str) -> str:
    """Break up what a runner of GitHub's would take for a command."""
    return COMMAND.sub(lambda found: (found[1] or "") + f"\\x{ord(found[0][-1]):02x}", row)
