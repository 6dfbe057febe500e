"""Item analysis: which tests fail how many, and tell strong from weak."""

from dataclasses import replace

from dojo.author.grade.gradebook import Entry, Gradebook, Learner
from dojo.author.grade.reports.item_analysis import items
from dojo.run.verdict import TestResult, Verdict

PASSED = TestResult("TestCenter::test_a", "center", "a", "why a", "passed")
SECOND = replace(PASSED, id="TestSpread::test_b", function="spread", rule="b", why="why b")


def gradebook(kata, *results, status="graded"):
    """Make a gradebook of one kata from pairs of outcomes."""
    learners = tuple(Learner(f"learner{n}", "") for n in range(len(results)))
    entries = tuple(
        Entry(
            learner.name,
            kata.name,
            status,
            verdict=Verdict(
                kata.name,
                "mine",
                1,
                "bubblewrap",
                kata.functions,
                (replace(PASSED, outcome=first), replace(SECOND, outcome=second)),
            ),
        )
        for learner, (first, second) in zip(learners, results, strict=True)
    )
    return Gradebook(1, "bubblewrap", "0.1.0", (kata,), learners, entries)


def test_failures_are_counted_among_those_who_tried(small):
    """Not started is no failure; a crash is one; the most frequent comes first."""
    book = gradebook(
        small[0],
        ("passed", "failed"),
        ("failed", "timeout"),
        ("not_started", "crashed"),
        ("passed", "not_started"),
    )
    found = [(i.test.rule, i.test.why, i.failed, i.tried, i.graded) for i in items(book)]

    assert found == [("b", "why b", 3, 3, 4), ("a", "why a", 1, 3, 4)]


def test_who_could_not_run_it_has_not_tried(small):
    """A file that cannot be imported, and what was given up after a hang, say nothing of a test."""
    book = gradebook(small[0], ("passed", "failed"), ("error", "timeout"))
    broken, hung = book.entries[1].verdict.tests
    tests = (
        replace(broken, ran=False),
        replace(hung, ran=False),
    )
    entries = (
        book.entries[0],
        replace(book.entries[1], verdict=replace(book.entries[1].verdict, tests=tests)),
    )
    found = [(i.test.rule, i.failed, i.tried) for i in items(replace(book, entries=entries))]

    assert found == [("b", 1, 1)]


def test_tests_that_fail_nobody_are_left_out(small):
    """Nothing is to be learned of them."""
    assert items(gradebook(small[0], ("passed", "not_started"), ("passed", "passed"))) == []


def test_a_fault_is_no_failure_of_a_test(small):
    """What a faulty run found counts for nothing."""
    assert items(gradebook(small[0], ("failed", "failed"), status="fault")) == []


def test_discrimination_compares_the_thirds(small):
    """The strong pass and the weak do not: 1; all fail alike: 0."""
    strong, middle, weak = ("passed", "failed"), ("passed", "failed"), ("failed", "failed")
    book = gradebook(small[0], weak, weak, middle, middle, strong, strong)
    power = {i.test.rule: i.discrimination for i in items(book)}

    assert power == {"a": 1.0, "b": 0.0}


def test_few_learners_tell_nothing(small):
    """A third of five is one learner."""
    book = gradebook(small[0], *[("failed", "passed")] * 5)

    assert [i.discrimination for i in items(book)] == [None]
