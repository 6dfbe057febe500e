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
    return without_command(visible(text if len(text) <= most else text[:most] + " ..."))


def lines(text: str) -> list[str]:
    """Show the lines of a text; tabs stay."""
    return [without_command(visible(row, keep="\t")) for row in text.splitlines()]


def visible(row: str, keep: str = "") -> str:
    """Show the characters of a line: themselves, or their escapes where they do not print."""
    if row.isprintable():
        return row
    return "".join(c if c.isprintable() or c in keep else repr(c)[1:-1] for c in row)


def without_command(row: str) -> str:
    """Break up what a runner of GitHub's would take for a command."""
    return COMMAND.sub(lambda found: (found[1] or "") + f"\\x{ord(found[0][-1]):02x}", row)
