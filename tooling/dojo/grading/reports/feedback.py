"""feedback/<learner>.md and .html: what an instructor hands back."""

from collections.abc import Iterator

from dojo import inert
from dojo.grading.filename import file_name
from dojo.grading.gradebook import Gradebook, Learner
from dojo.grading.reports import html, markdown
from dojo.grading.reports.cell import Cell, cells, number, total
from dojo.grading.reports.provenance import facts, sentence, warning


def report(gradebook: Gradebook) -> Iterator[tuple[str, str]]:
    """Yield both files of every learner."""
    for learner in gradebook.learners:
        name = f"feedback/{file_name(learner.name)}"
        yield f"{name}.md", "\n".join(lines(gradebook, learner)) + "\n"
        yield f"{name}.html", page(gradebook, learner)


def page(gradebook: Gradebook, learner: Learner) -> str:
    """Return the page of one learner."""
    return html.render(
        "feedback.html",
        name=inert.line(learner.name),
        cells=cells(gradebook, learner),
        total=total(gradebook, learner),
        facts=facts(gradebook),
        warning=warning(gradebook),
    )


def lines(gradebook: Gradebook, learner: Learner) -> Iterator[str]:
    """Yield the lines of the Markdown file of one learner."""
    yield f"# Feedback for {markdown.code(learner.name)}\n"
    if warning(gradebook):
        yield f"> **{warning(gradebook)}**\n"
    yield f"{total(gradebook, learner)} points. {markdown.code(sentence(gradebook))}"
    for cell in cells(gradebook, learner):
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
    for mark in cell.marks:
        if mark.state == "red":
            yield f"\n### {markdown.code(mark.function)}\n"
            yield markdown.block(cell.tell(mark.function))
