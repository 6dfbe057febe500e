"""results/<learner>.json in the format of Gradescope's results.json, a test entry a function.

Its specification asks for a score at the top or in every test. Where a learner has no total, for
a fault of ours or a fork that nobody could read, there is no score at all: Gradescope then says
that the autograder failed, which is true, and shows no zero.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from dojo.author.grade.gradebook import Gradebook
from dojo.author.grade.reports.cell import Cell, Mark, number
from dojo.author.grade.reports.provenance import facts, sentence, warning
from dojo.author.grade.reports.row import Row


def report(gradebook: Gradebook, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Yield a file for each learner."""
    for row in rows:
        text = json.dumps(results(gradebook, row), ensure_ascii=False)
        yield f"results/{row.file}.json", text + "\n"


def results(gradebook: Gradebook, row: Row) -> dict[str, Any]:
    """Return one learner's results."""
    said = [warning(gradebook), sentence(gradebook)]
    return {
        **({"score": float(number(row.total))} if row.total is not None else {}),
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "output": "\n".join(text for text in said if text),
        "output_format": "text",
        "extra_data": {**facts(gradebook), "commit": row.learner.commit},
        "tests": [
            test(cell, mark, row.total is not None) for cell in row.cells for mark in cell.marks
        ],
    }


def test(cell: Cell, mark: Mark, marked: bool) -> dict[str, Any]:
    """Return the entry of one function, without a score where the learner has no total."""
    told = cell.told.get(mark.function, mark.word)
    state = {"status": "passed" if mark.state == "green" else "failed"}
    return {
        "name": f"{cell.kata.short} {mark.function}",
        "name_format": "text",
        **({"score": mark.earned, "max_score": mark.possible} if marked else {}),
        **({} if cell.earned is None else state),
        "output": cell.sentence or told,
        "output_format": "text",
        "visibility": "visible",
    }
