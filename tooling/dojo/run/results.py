"""What a run has found so far of every test, and the verdict that sums it up."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from dojo.kata.fingerprints import fingerprints
from dojo.run.diagnosis import diagnoses
from dojo.run.request import Request
from dojo.run.verdict import Outcome, TestResult, Verdict


@dataclass
class Results:
    """What is known of the tests of one run.

    `known` are the tests by id, as they were before any ran; `found` is what each found, by seed
    and id.
    """

    request: Request
    known: dict[str, TestResult] = field(default_factory=dict)
    found: dict[tuple[int, str], TestResult] = field(default_factory=dict)

    @property
    def done(self) -> tuple[tuple[int, str], ...]:
        """The tests that need not run any more, by seed and id."""
        return (*self.request.done, *self.found)

    def missing(self) -> list[tuple[int, str]]:
        """List the tests that have no result yet, by seed and id."""
        done = set(self.done)
        wanted = ((seed, test) for seed in self.request.seeds for test in self.known)
        return [pair for pair in wanted if pair not in done]

    def of(self, function: str) -> list[TestResult]:
        """List the tests of a function, as they were before any ran."""
        return [test for test in self.known.values() if test.function == function]

    def add_to_all_seeds(self, result: TestResult) -> None:
        """Take in what is found under every seed, of a test that nobody has heard of."""
        self.known[result.id] = result
        self.found |= {(seed, result.id): result for seed in self.request.seeds}

    def give_up(self, tests: Iterable[TestResult], outcome: Outcome, text: str) -> bool:
        """Give those of some tests that have no result yet one; tell whether there are any."""
        ids = {test.id for test in tests}
        left = [(seed, test) for seed, test in self.missing() if test in ids]
        for seed, test in left:
            missed = replace(self.known[test], outcome=outcome, message=text, ran=False)
            self.found[seed, test] = missed
        return bool(left)

    def verdict(self, seed: int, fault: str, seconds: float) -> Verdict:
        """Sum up what was found under one seed, in so many seconds."""
        request = self.request
        against = os.path.relpath(request.file, request.root) if request.file else request.against
        functions = tuple(f for f in request.kata.functions if not self.known or self.of(f))
        tests = [self.found[seed, t] for t in self.known if (seed, t) in self.found]
        told = request.digests == "told"
        known = fingerprints(request.kata.fingerprints) if told else None
        diagnosis = tuple(diagnoses(known, seed, functions, tests)) if known else ()
        if request.digests != "kept":
            tests = [replace(test, digests=(), asserted=None) for test in tests]
        return Verdict(
            kata=request.kata.name,
            against=against,
            seed=seed,
            isolation="process",
            functions=functions,
            tests=tuple(tests),
            diagnosis=diagnosis,
            fault=fault,
            seconds=round(seconds, 3),
        )
