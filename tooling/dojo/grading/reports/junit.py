"""junit.xml: a suite a learner and kata, a case a test, for a CI's page of test results.

A test that is not started is a failure, not a skip: a CI paints a suite of skips green, and an
untouched stub is not. Only what is no learner's doing, a fault or an unreadable fork, is an error.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from dojo import inert
from dojo.grading.gradebook import UNMARKED, Gradebook, Learner
from dojo.grading.reports.cell import Cell, rows
from dojo.grading.reports.provenance import facts, warning
from dojo.show import clip
from dojo.verdict import TestResult

LINES = 20


def report(gradebook: Gradebook) -> Iterator[tuple[str, str]]:
    """Yield the suites of all learners; no times, which no two runs share."""
    suites = ET.Element("testsuites", name="data science interview katas")
    for learner, cells in rows(gradebook):
        for cell in cells:
            suites.append(suite(gradebook, learner, cell))
    ET.indent(suites)
    yield "junit.xml", f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suites, "unicode")}\n'


def suite(gradebook: Gradebook, learner: Learner, cell: Cell) -> ET.Element:
    """Make the suite of one learner and kata."""
    cases = list(tested(cell) or untested(cell))
    counts = {kind: sum(c.find(kind) is not None for c in cases) for kind in ("failure", "error")}
    made = ET.Element(
        "testsuite",
        name=f"{inert.line(learner.name)} {cell.kata.name}",
        tests=str(len(cases)),
        failures=str(counts["failure"]),
        errors=str(counts["error"]),
        skipped="0",
    )
    properties = ET.SubElement(made, "properties")
    said = {**facts(gradebook), **({"warning": text} if (text := warning(gradebook)) else {})}
    for name, value in said.items():
        ET.SubElement(properties, "property", name=name, value=inert.line(value))
    made.extend(cases)
    return made


def tested(cell: Cell) -> list[ET.Element]:
    """Make a case for each test of a verdict."""
    tests = cell.verdict.tests if cell.verdict else ()
    return [tested_case(cell, test) for test in tests]


def tested_case(cell: Cell, test: TestResult) -> ET.Element:
    """Make the case of one test."""
    made = ET.Element("testcase", classname=f"{cell.kata.name}.{test.function}", name=test.rule)
    if test.outcome != "passed":
        told = "\n".join(inert.lines(clip(test.message, LINES)))
        first = told.partition("\n")[0]
        failure = ET.SubElement(made, "failure", type=test.outcome, message=first)
        failure.text = "\n".join(part for part in (told, test.why) if part)
    return made


def untested(cell: Cell) -> Iterator[ET.Element]:
    """Make the cases of a kata without a verdict: one that says why, or one a function."""
    kata, status = cell.kata, cell.entry.status
    unmarked = status in UNMARKED
    for name in [status] if unmarked else kata.functions:
        made = ET.Element("testcase", classname=kata.name, name=name)
        kind = "error" if unmarked else "failure"
        ET.SubElement(made, kind, type=status, message=cell.sentence)
        yield made
