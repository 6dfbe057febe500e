"""The summary of a GitHub job: who has how much, and which tests failed most."""

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from dojo import limits
from dojo.author.grade.gradebook import Gradebook
from dojo.author.grade.reports import markdown
from dojo.author.grade.reports.cell import number
from dojo.author.grade.reports.item_analysis import items
from dojo.author.grade.reports.provenance import sentence, warning
from dojo.author.grade.reports.row import Row

MOST_ITEMS = 10
CLOSING = "\nThe rest did not fit; gradebook.html has all of it.\n"


def append(gradebook: Gradebook, rows: Sequence[Row]) -> None:
    """Append the summary to the file that GitHub names; do nothing elsewhere."""
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    if not name:
        return
    with Path(name).open("ab") as file:
        room = limits.JOB_SUMMARY_BYTES - file.tell()
        file.write(capped("\n".join(summary(gradebook, rows)) + "\n", room))


def capped(text: str, most: int) -> bytes:
    """Keep as many whole lines as fit into so many bytes, and say so where some do not."""
    data = text.encode()
    if len(data) <= most:
        return data
    closing = CLOSING.encode()
    kept, _, _ = data[: max(most - len(closing), 0)].rpartition(b"\n")
    return (kept + b"\n" + closing) if kept else b""


def summary(gradebook: Gradebook, rows: Sequence[Row]) -> Iterator[str]:
    """Yield the lines of the summary."""
    yield "## Gradebook\n"
    if warning(gradebook):
        yield f"> **{warning(gradebook)}**\n"
    yield f"{markdown.code(sentence(gradebook))}\n"
    yield from hardest(gradebook)
    yield from learners(gradebook, rows)


def hardest(gradebook: Gradebook) -> Iterator[str]:
    """Yield a table of the tests that failed most."""
    yield markdown.row("test", "function", "failed", "of")
    yield markdown.row("---", "---", "---:", "---:")
    for item in islice(items(gradebook), MOST_ITEMS):
        rule, function = markdown.code(item.test.rule), markdown.code(item.test.function)
        yield markdown.row(rule, f"{item.kata.short} {function}", f"{item.failed}", f"{item.tried}")
    yield ""


def learners(gradebook: Gradebook, rows: Sequence[Row]) -> Iterator[str]:
    """Yield a table of the learners: points a kata, or why there are none."""
    yield markdown.row("learner", *(kata.short for kata in gradebook.katas), "total")
    yield markdown.row("---", *("---:" for _ in gradebook.katas), "---:")
    for row in rows:
        marks = [c.entry.status if c.earned is None else number(c.earned) for c in row.cells]
        yield markdown.row(markdown.code(row.name), *marks, row.score)
