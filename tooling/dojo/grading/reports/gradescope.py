"""results/<learner>.json in the format of Gradescope's results.json, a test entry a function.

Its specification asks for a score at the top or in every test. Where a learner has no total, for
a fault of ours or a fork that nobody could read, there is no score at all: Gradescope then says
that the autograder failed, which is true, and shows no zero.
"""

import json
from collections.abc import Iterator
from typing import Any

from dojo.grading.filename import file_name
from dojo.grading.gradebook import Gradebook, Learner
from dojo.grading.reports.cell import Cell, Mark, cells, number
from dojo.grading.reports.provenance import facts, sentence, warning


def report(gradebook: Gradebook) -> Iterator[tuple[str, str]]:
    """Yield a file for each learner."""
    for learner in gradebook.learners:
        text = json.dumps(results(gradebook, learner), indent=2, ensure_ascii=False)
        yield f"results/{file_name(learner.name)}.json", text + "\n"


def results(gradebook: Gradebook, learner: Learner) -> dict[str, Any]:
    """Return one learner's results."""
    total = gradebook.total(learner)
    marked = total is not None
    said = [warning(gradebook), sentence(gradebook)]
    return {
        **({"score": float(number(total))} if marked else {}),
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "output": "\n".join(text for text in said if text),
        "output_format": "text",
        "extra_data": facts(gradebook),
        "tests": [
            test(cell, mark, marked) for cell in cells(gradebook, learner) for mark in cell.marks
        ],
    }


def test(cell: Cell, mark: Mark, marked: bool) -> dict[str, Any]:
    """Return the entry of one function, without a score where the learner has no total."""
    told = cell.tell(mark.function) if mark.state == "red" else mark.word
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
