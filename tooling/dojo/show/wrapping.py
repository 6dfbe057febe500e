"""Reports for the width that they are shown in: the one place where their lines are broken.

What is shown comes as logical lines, a paragraph each. A terminal has them wrapped between words,
and what goes on below keeps the indent; a pipe gets them whole, for what reads it may search.
"""

import re
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

# What a row begins with, and what is to stand below its end and not below its beginning.
INDENT = re.compile(r" *(?:came back  |expected   )?")
# A row that is one of a list or a table, and not the continuation of the one before.
OWN_ROW = re.compile(r"\s|[-*] |\d+\. ")


def put(console: Console, lines: Iterable[Text]) -> None:
    """Print lines, wrapped where a person reads them."""
    for line in lines:
        rows = wrap(line, console, console.width) if console.is_terminal else [line]
        for row in rows:
            console.print(row, soft_wrap=True, highlight=False)


def wrap(line: Text, console: Console, width: int) -> list[Text]:
    """Wrap a line to a width; what goes on below keeps the line's indent."""
    found = INDENT.match(line.plain)
    indent = found.end() if found and found.end() < width // 2 else 0
    margin = Text(" " * indent)
    rows = line[indent:].wrap(console, max(1, width - indent))
    for row in rows:
        row.rstrip()
    return [line[:indent] + rows[0], *(margin + row for row in rows[1:])] if rows else [line]


def unwrapped(rows: Iterable[str]) -> Iterator[str]:
    """Join the rows of each paragraph, which was wrapped for an author's editor."""
    paragraph: list[str] = []
    for row in rows:
        if not row.strip() or OWN_ROW.match(row):
            yield from [" ".join(paragraph)] * bool(paragraph)
            paragraph = []
        if row.strip():
            paragraph.append(row.rstrip())
        else:
            yield ""
    yield from [" ".join(paragraph)] * bool(paragraph)
