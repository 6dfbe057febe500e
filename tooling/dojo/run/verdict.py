"""What one run of one kata's tests found."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, get_args

import msgspec

from dojo.kata.fingerprints import Digest

SCHEMA = 1

Outcome = Literal[
    "passed", "failed", "not_started", "error", "timeout", "memory", "crashed", "forbidden"
]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
State = Literal["green", "red", "not_started"]


@dataclass(frozen=True)
class TestResult:
    """What one test found.

    `rule` is the test's name as a sentence, `why` its docstring; `message` says what was expected
    and what came back, `relation` how the two are related; `calls` are the last calls of learner's
    functions, rendered; `called` all functions the test used; `where` is file:line; `printed` what
    the learner's code printed; `ran` is false where the function was not run: its file is broken,
    an earlier test of it hung, or the budget of the verdict was used up. `digests` are what the
    calls returned, if that was asked, `asserted` what a failed assertion compared.
    """

    __test__ = False

    id: str
    function: str
    rule: str
    why: str
    outcome: Outcome
    message: str = ""
    calls: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    where: str = ""
    printed: str = ""
    seconds: float = 0.0
    ran: bool = True
    relation: str = ""
    digests: tuple[Digest | None, ...] = ()
    asserted: Digest | None = None

    @property
    def is_red(self) -> bool:
        """Whether the test ran and did not pass."""
        return self.ran and self.outcome not in ("passed", "not_started")


@dataclass(frozen=True)
class Diagnosis:
    """What was done in a function, by what came back of it.

    `says` are the sentences of known mistakes that return the same, more than one where nothing
    tells them apart; two of them may share one. It is `exact` if all red calls of the function
    return what the mistake does, and all its tests end as with it.
    """

    function: str
    mistakes: tuple[str, ...]
    says: tuple[str, ...]
    exact: bool


@dataclass(frozen=True)
class Verdict:
    """What one run of one kata's tests against one file under one seed found.

    A `fault` is the tool's or the kata's own failure, in a sentence; it never counts against a
    learner, and a verdict that has one is neither green nor red. `diagnosis` says what was done, in
    each function in which that is known.
    """

    kata: str
    against: str
    seed: int
    isolation: str
    functions: tuple[str, ...]
    tests: tuple[TestResult, ...] = ()
    fault: str = ""
    diagnosis: tuple[Diagnosis, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    @property
    def green(self) -> bool:
        """Whether every function is green, and there was no fault."""
        return not self.fault and all(self.state(f) == "green" for f in self.functions)

    @property
    def exit_code(self) -> int:
        """0 green, 1 red, 2 a fault."""
        return 2 if self.fault else int(not self.green)

    def done_in(self, function: str) -> Diagnosis | None:
        """What was done in a function, where that is known."""
        return next((d for d in self.diagnosis if d.function == function), None)

    def of(self, function: str) -> list[TestResult]:
        """List the tests of one function."""
        return [t for t in self.tests if t.function == function]

    @cached_property
    def outcomes(self) -> dict[str, set[Outcome]]:
        """How the tests of each function ended."""
        found: dict[str, set[Outcome]] = defaultdict(set)
        for test in self.tests:
            found[test.function].add(test.outcome)
        return found

    def state(self, function: str) -> State:
        """Tell how far one function is: a function without a single test is never green."""
        outcomes = self.outcomes.get(function, set())
        if outcomes == {"passed"}:
            return "green"
        return "not_started" if outcomes == {"not_started"} else "red"

    def first_open(self) -> str | None:
        """The first function that is not green."""
        return next((f for f in self.functions if self.state(f) != "green"), None)

    def first_to_do(self) -> TestResult | None:
        """The test to show: the first that is red, else the first that is not started."""
        open_tests = [t for t in self.tests if t.outcome != "passed"]
        reds = (t for t in open_tests if t.outcome != "not_started")
        return next(reds, open_tests[0] if open_tests else None)

    def first_red(self) -> TestResult | None:
        """The first test that did not pass, in the order of work."""
        return next((t for t in self.tests if t.outcome != "passed"), None)

    def to_json(self) -> dict[str, Any]:
        """Plain data for `--json` and the store; `schema` is its version."""
        return {"schema": SCHEMA, "green": self.green, **plain(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Verdict":
        """Read plain data back; ValueError for another schema."""
        if data["schema"] != SCHEMA:
            raise ValueError(f"this verdict is not of schema {SCHEMA}")
        return msgspec.convert(data, cls)


def plain(found: TestResult | Verdict) -> dict[str, Any]:
    """Return what was found as plain data."""
    data: dict[str, Any] = msgspec.to_builtins(found)
    return data


def result_from_json(data: dict[str, Any]) -> TestResult:
    """Read one test's result back from plain data."""
    return msgspec.convert(data, TestResult)


def with_digests(test: TestResult, digests: list[Any]) -> TestResult:
    """Add what the calls of a test returned, read back from plain data."""
    return replace(test, digests=msgspec.convert(digests, tuple[Digest | None, ...]))
