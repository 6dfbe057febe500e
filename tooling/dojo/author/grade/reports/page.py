"""gradebook.html: the whole cohort on one page, to filter, sort and print."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from dojo.author.grade.gradebook import Gradebook
from dojo.author.grade.reports import template
from dojo.author.grade.reports.cell import Cell, number
from dojo.author.grade.reports.item_analysis import items
from dojo.author.grade.reports.provenance import facts, warning
from dojo.author.grade.reports.row import Row

STATES = ("green", "red", "untouched", "missing", "refused", "unreadable", "fault")


def report(gradebook: Gradebook, rows: Sequence[Row]) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the page."""
    text = template.pieces(
        "gradebook.html",
        katas=gradebook.katas,
        rows=rows,
        states=[s for s in STATES if any(c.state == s for row in rows for c in row.cells)],
        remarks=[remark for row in rows for remark in remarks(row)],
        items=items(gradebook),
        possible=number(gradebook.possible),
        facts=facts(gradebook),
        warning=warning(gradebook),
        spoken=spoken,
    )
    yield "gradebook.html", text


def spoken(cell: Cell) -> str:
    """Say for a screen reader, and in a tooltip, how far each function is."""
    by_state = defaultdict(list)
    for mark in cell.marks:
        by_state[mark.word].append(mark.function)
    return "; ".join(f"{word}: {', '.join(names)}" for word, names in by_state.items())


def remarks(row: Row) -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield what nobody could look at: the learner, state, sentence, and the katas of these."""
    found = defaultdict(list)
    for cell in row.cells:
        if not cell.looked_at:
            found[cell.state, cell.sentence].append(cell.kata.short)
    for (state, sentence), katas in found.items():
        yield row.name, state, sentence, katas
