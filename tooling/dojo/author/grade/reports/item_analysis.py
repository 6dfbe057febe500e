"""Which test fails how many learners, and whether it tells the strong from the weak."""

from collections import defaultdict
from dataclasses import dataclass

from dojo.author.grade.gradebook import Gradebook
from dojo.kata.catalog import Kata
from dojo.run.verdict import TestResult

# A third of fewer learners than this is one learner, and says nothing.
FEWEST = 6


@dataclass(frozen=True)
class Item:
    """What one test found in a cohort.

    `failed` counts the learners whose test ran and did not pass, `tried` those whose test ran: they
    wrote the function, in a file that can be imported; `graded` all who have a verdict.
    `discrimination` is the share of the upper third, by total points, who pass, less that of the
    lower third: near 1 the test tells strong from weak, near 0 it does not, below 0 it fails the
    strong. None where a third would be too few.
    """

    kata: Kata
    test: TestResult
    failed: int
    tried: int
    graded: int
    discrimination: float | None

    @property
    def share(self) -> float:
        """The share of those who tried that failed."""
        return self.failed / self.tried


def items(gradebook: Gradebook) -> list[Item]:
    """List the tests that failed somebody, the most frequent first."""
    upper, lower = thirds(gradebook)
    found = []
    for kata in gradebook.katas:
        for results in by_test(gradebook, kata):
            tried = {n: t for n, t in results.items() if t.outcome != "not_started" and t.ran}
            passed = {name for name, test in tried.items() if test.outcome == "passed"}
            if failed := len(tried) - len(passed):
                first = next(iter(results.values()))
                power = discrimination(passed, upper & set(results), lower & set(results))
                found.append(Item(kata, first, failed, len(tried), len(results), power))
    return sorted(found, key=lambda item: -item.failed)


def by_test(gradebook: Gradebook, kata: Kata) -> list[dict[str, TestResult]]:
    """Gather each test's results by learner, in the order of the tests."""
    results: dict[str, dict[str, TestResult]] = defaultdict(dict)
    for learner in gradebook.learners:
        entry = gradebook.entry(learner, kata)
        if entry.status == "graded" and entry.verdict is not None:
            for test in entry.verdict.tests:
                results[test.id][learner.name] = test
    return list(results.values())


def thirds(gradebook: Gradebook) -> tuple[set[str], set[str]]:
    """Name the upper and the lower third of those who have a total; ties as in the roster."""
    totals = [(gradebook.total(learner), learner.name) for learner in gradebook.learners]
    known = [(total, name) for total, name in totals if total is not None]
    ranked = [name for _, name in sorted(known, key=lambda pair: -pair[0])]
    third = len(ranked) // 3
    return set(ranked[:third]), set(ranked[len(ranked) - third :])


def discrimination(passed: set[str], upper: set[str], lower: set[str]) -> float | None:
    """Return how much more often the upper third passes; None where either is too small."""
    if min(len(upper), len(lower)) < FEWEST // 3:
        return None
    return len(passed & upper) / len(upper) - len(passed & lower) / len(lower)
