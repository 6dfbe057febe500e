"""gradebook.csv: a row a learner, for a spreadsheet or a learning platform."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from dojo.author.grade.gradebook import Gradebook
from dojo.author.grade.reports.cell import number
from dojo.author.grade.reports.provenance import facts
from dojo.author.grade.reports.row import Row
from dojo.show import escape

# A spreadsheet takes such a cell for a formula; one that splits at another separator than ours
# would find it in the middle. Full-width forms count as well where Japanese is typed.
FORMULA = re.compile(r"(^|[,;|])(\s*[=+\-@＝＋－＠])")
WHOLE = 100_000


def report(gradebook: Gradebook, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Yield the table: points and total, each kata's state and reason, what was handed in."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header(gradebook))
    for row in rows:
        states = [text for c in row.cells for text in (c.state, safe(c.sentence))]
        writer.writerow(
            [
                safe(row.learner.name),
                *(plain(c.earned) for c in row.cells),
                plain(row.total),
                plain(row.possible),
                *states,
                row.learner.commit,
                f"feedback/{row.file}.html",
                *map(safe, facts(gradebook).values()),
            ]
        )
    yield "gradebook.csv", stream.getvalue()


def header(gradebook: Gradebook) -> list[str]:
    """Name the columns."""
    names = [kata.name for kata in gradebook.katas]
    states = [f"{name} {column}" for name in names for column in ("state", "reason")]
    return [
        "learner",
        *names,
        "total",
        "possible",
        *states,
        "commit",
        "feedback",
        *facts(gradebook),
    ]


def safe(text: str) -> str:
    """Write a text so that a spreadsheet shows it, on one line, and computes nothing."""
    return FORMULA.sub(r"\1'\2", escape.line(text, WHOLE))


def plain(points: float | None) -> float | int | str:
    """Write points as a number, a whole one where it is; a blank where there is no mark."""
    if points is None:
        return ""
    return int(points) if points == int(points) else float(number(points))
