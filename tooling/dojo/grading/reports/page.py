"""gradebook.html: the whole cohort on one page, to filter, sort and print."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from dojo import inert
from dojo.grading.filename import file_name
from dojo.grading.gradebook import Gradebook, Learner
from dojo.grading.reports import html
from dojo.grading.reports.cell import Cell, number, rows
from dojo.grading.reports.item_analysis import items
from dojo.grading.reports.provenance import facts, warning

STATES = ("green", "red", "untouched", "missing", "refused", "unreadable", "fault")


@dataclass(frozen=True)
class Row:
    """One learner, as the page shows the row; `total` is blank where there is none."""

    learner: Learner
    cells: list[Cell]
    total: str

    @property
    def name(self) -> str:
        """The name, as harmless text."""
        return inert.line(self.learner.name)

    @property
    def feedback(self) -> str:
        """The page that is handed back, relative to this one."""
        return f"feedback/{file_name(self.learner.name)}.html"


def report(gradebook: Gradebook) -> Iterator[tuple[str, str]]:
    """Yield the page."""
    shown = [
        Row(learner, cells, number(gradebook.total(learner))) for learner, cells in rows(gradebook)
    ]
    text = html.render(
        "gradebook.html",
        katas=gradebook.katas,
        rows=shown,
        states=[s for s in STATES if any(c.state == s for row in shown for c in row.cells)],
        remarks=[remark for row in shown for remark in remarks(row)],
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
