"""junit.xml: a suite a learner and kata, a case a test, for a CI's page of test results.

A test that is not started is a failure, not a skip: a CI paints a suite of skips green, and an
untouched stub is not. Only what is no learner's doing, a fault or an unreadable fork, is an error.
There are no times in it, which no two runs share.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup
from markupsafe import escape as xml

from dojo.author.grade.gradebook import Gradebook
from dojo.author.grade.reports import template
from dojo.author.grade.reports.cell import Cell
from dojo.author.grade.reports.provenance import facts, warning
from dojo.author.grade.reports.row import Row
from dojo.run.verdict import TestResult
from dojo.show import escape
from dojo.show.values import clip

LINES = 20
FAILURE, ERROR = "failure", "error"


@dataclass(frozen=True)
class Suite:
    """What one learner and kata have: `cases` holds the elements of `tests` cases, a line each."""

    name: str
    tests: int
    failures: int
    errors: int
    cases: Markup


def report(gradebook: Gradebook, rows: Sequence[Row]) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the suites of all learners."""
    suites = (suite(row, cell) for row in rows for cell in row.cells)
    said = {**facts(gradebook), "warning": warning(gradebook)}
    yield "junit.xml", template.pieces("junit.xml", suites=suites, facts=said)


def suite(row: Row, cell: Cell) -> Suite:
    """Make the suite of one learner and kata."""
    tests = cell.verdict.tests if cell.verdict else ()
    failing = FAILURE if cell.earned is not None else ERROR
    cases = [tested(cell, test, failing) for test in tests] or list(untested(cell, failing))
    bad = sum(test.outcome != "passed" for test in tests) if tests else len(cases)
    found = (bad, 0) if failing == FAILURE else (0, bad)
    return Suite(f"{row.name} {cell.kata.name}", len(cases), *found, Markup("\n".join(cases)))


def tested(cell: Cell, test: TestResult, failing: str) -> Markup:
    """Write the case of one test."""
    group = f"{cell.kata.name}.{test.function}"
    if test.outcome == "passed":
        return passed(group, test.rule)
    told = "\n".join(escape.lines(clip(test.message, LINES)))
    return failed(group, test.rule, failing, test.outcome, told)


@cache
def passed(group: str, name: str) -> Markup:
    """Write a case without a word to say: the same for all learners, so made but once."""
    return Markup(f'<testcase classname="{xml(group)}" name="{xml(name)}"/>')


def failed(group: str, name: str, failing: str, kind: str, told: str) -> Markup:
    """Write a case with its words.

    A cohort has a hundred thousand of them: jinja's loops, or a format of `Markup`, would take
    longer than all else.
    """
    case = f'<testcase classname="{xml(group)}" name="{xml(name)}">'
    return Markup(f'{case}<{failing} type="{xml(kind)}">{xml(told)}</{failing}></testcase>')


def untested(cell: Cell, failing: str) -> Iterator[Markup]:
    """Write the cases of a kata without tests: one a function, or one where there is no mark."""
    names = [cell.state] if cell.earned is None else cell.kata.functions
    for name in names:
        yield failed(cell.kata.name, name, failing, cell.state, cell.sentence)
