"""One learner's results, as the reports show them."""

from dataclasses import dataclass

from dojo.author.grade.filename import file_name
from dojo.author.grade.gradebook import Gradebook, Learner
from dojo.author.grade.reports.cell import Cell, number
from dojo.show import escape

NAME = 80


@dataclass(frozen=True)
class Row:
    """One learner with a cell for each kata; `total` is None where a kata has no mark."""

    learner: Learner
    cells: tuple[Cell, ...]
    total: float | None
    possible: float

    @property
    def name(self) -> str:
        """The name, as harmless text; nobody fills a page with one."""
        return escape.line(self.learner.name, NAME) if self.learner.name.strip() else "(no name)"

    @property
    def file(self) -> str:
        """The name of the learner's files, without folder and ending."""
        return file_name(self.learner.name)

    @property
    def score(self) -> str:
        """The points, or that there is no total."""
        earned = "no total" if self.total is None else number(self.total)
        return f"{earned} of {number(self.possible)}"


def rows(gradebook: Gradebook) -> tuple[Row, ...]:
    """Make the rows of all learners, in the order of the roster."""
    return tuple(
        Row(
            learner,
            tuple(
                Cell(kata, gradebook.entry(learner, kata), gradebook.earned(learner, kata))
                for kata in gradebook.katas
            ),
            gradebook.total(learner),
            gradebook.possible,
        )
        for learner in gradebook.learners
    )
