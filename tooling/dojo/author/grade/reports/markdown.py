"""Text that a learner may have chosen, inert in Markdown: code, which holds no markup."""

import re

from dojo.show import escape


def code(text: str) -> str:
    """Return a code span, for a line of text or a cell of a table."""
    # A code span does not shield a bar in a table, and parsers disagree about `\|` in one.
    shown = escape.line(text).replace("|", r"\x7c")
    fence = "`" * (longest_run(shown) + 1)
    return f"{fence} {shown} {fence}"


def block(text: str) -> str:
    """Return a fenced block."""
    rows = "\n".join(escape.lines(text))
    fence = "`" * max(3, longest_run(rows) + 1)
    return f"{fence}text\n{rows}\n{fence}"


def longest_run(text: str) -> int:
    """Count the backticks of the longest run of them."""
    return max(map(len, re.findall("`+", text)), default=0)


def row(*cells: str) -> str:
    """Return a row of a table."""
    return f"| {' | '.join(cells)} |"
