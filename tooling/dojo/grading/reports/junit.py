"""junit.xml: a suite a learner and kata, a case a test, for a CI's page of test results.

A test that is not started is a failure, not a skip: a CI paints a suite of skips green, and an
untouched stub is not. Only what is no learner's doing, a fault or an unreadable fork, is an error.
There are no times in it, which no two runs share.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from dojo import inert
from dojo.grading.gradebook import Gradebook
from dojo.grading.reports import template
from dojo.grading.reports.cell import Cell
from dojo.grading.reports.provenance import facts, warning
from dojo.grading.reports.row import Row
from dojo.show import clip
from dojo.verdict import TestResult

LINES = 20


@dataclass(frozen=True)
class Case:
    """One case; `outcome` is passed, or names what went wrong; `told` tells it."""

    named: Markup
    outcome: str
    told: str = ""


@dataclass(frozen=True)
class Suite:
    """The cases of one learner and kata; those that did not pass are failures, or else errors."""

    name: str
    failing: str
    cases: Sequence[Case]

    def count(self, kind: str) -> int:
        """Count the failures or the errors."""
        return sum(c.outcome != "passed" for c in self.cases) if kind == self.failing else 0


def report(gradebook: Gradebook, rows: Sequence[Row]) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the suites of all learners."""
    suites = (suite(row, cell) for row in rows for cell in row.cells)
    said = {**facts(gradebook), "warning": warning(gradebook)}
    yield "junit.xml", template.pieces("junit.xml", suites=suites, facts=said)


def suite(row: Row, cell: Cell) -> Suite:
    """Make the suite of one learner and kata."""
    tests = cell.verdict.tests if cell.verdict else ()
    cases = [tested(cell, test) for test in tests] or list(untested(cell))
    failing = "error" if cell.earned is None else "failure"
    return Suite(f"{row.name} {cell.kata.name}", failing, cases)


def tested(cell: Cell, test: TestResult) -> Case:
    """Make the case of one test."""
    told = "" if test.outcome == "passed" else "\n".join(inert.lines(clip(test.message, LINES)))
    return Case(named(f"{cell.kata.name}.{test.function}", test.rule), test.outcome, told)


def untested(cell: Cell) -> Iterator[Case]:
    """Yield the cases of a kata without tests: one a function, or one where there is no mark."""
    names = [cell.state] if cell.earned is None else cell.kata.functions
    for name in names:
        yield Case(named(cell.kata.name, name), cell.state, cell.sentence)


@cache
def named(group: str, name: str) -> Markup:
    """Return the attributes that name a test: the same for all learners, so escaped but once."""
    return Markup('classname="{}" name="{}"').format(group, name)
