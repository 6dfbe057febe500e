"""feedback/<learner>.md and .html: what an instructor hands back."""

from collections.abc import Iterator, Sequence

from dojo.author.grade.gradebook import Gradebook
from dojo.author.grade.reports import markdown, template
from dojo.author.grade.reports.cell import Cell, number
from dojo.author.grade.reports.provenance import facts, sentence, warning
from dojo.author.grade.reports.row import Row


def report(gradebook: Gradebook, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Yield both files of every learner."""
    for row in rows:
        name = f"feedback/{row.file}"
        yield f"{name}.md", "\n".join(lines(gradebook, row)) + "\n"
        yield f"{name}.html", page(gradebook, row)


def page(gradebook: Gradebook, row: Row) -> str:
    """Return the page of one learner."""
    return template.render(
        "feedback.html",
        row=row,
        facts=facts(gradebook),
        warning=warning(gradebook),
    )


def lines(gradebook: Gradebook, row: Row) -> Iterator[str]:
    """Yield the lines of the Markdown file of one learner."""
    yield f"# Feedback for {markdown.code(row.name)}\n"
    if warning(gradebook):
        yield f"> **{warning(gradebook)}**\n"
    yield f"{row.score} points. {markdown.code(sentence(gradebook))}"
    if row.learner.commit:
        yield f"\nHanded in: commit {markdown.code(row.learner.commit)}"
    for cell in row.cells:
        yield from on_kata(cell)


def on_kata(cell: Cell) -> Iterator[str]:
    """Yield what is said of one kata."""
    yield f"\n## {cell.kata.short} {cell.kata.facts.title}: {cell.score} points\n"
    if cell.sentence:
        yield markdown.block(cell.sentence)
    if cell.verdict is None:
        return
    yield markdown.row("function", "state", "points")
    yield markdown.row("---", "---", "---:")
    for mark in cell.marks:
        points = f"{number(mark.earned)} of {number(mark.possible)}"
        yield markdown.row(markdown.code(mark.function), mark.word, points)
    for function, told in cell.told.items():
        yield f"\n### {markdown.code(function)}\n"
        yield markdown.block(told)
