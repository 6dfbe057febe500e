"""One learner's result in one kata, as the reports show it."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

from dojo.author.grade.gradebook import Entry, points, weight
from dojo.kata.catalog import Kata
from dojo.run.verdict import State, TestResult, Verdict
from dojo.show import escape, report
from dojo.show.values import clip

WORDS = report.WORDS
LINES = 90
REASON = 500


@dataclass(frozen=True)
class Mark:
    """How far one function is, and the points of it."""

    function: str
    state: State
    possible: float

    @property
    def earned(self) -> float:
        """The points of a green function, and none otherwise."""
        return self.possible if self.state == "green" else 0.0

    @property
    def red(self) -> bool:
        """Whether it was written and is wrong."""
        return self.state == "red"

    @property
    def word(self) -> str:
        """The state in words."""
        return WORDS[self.state]


@dataclass(frozen=True)
class Cell:
    """One learner's result in one kata; `earned` is None where there is no mark."""

    kata: Kata
    entry: Entry
    earned: float | None

    @property
    def possible(self) -> float:
        """The points of the whole kata."""
        return points(self.kata)

    @property
    def score(self) -> str:
        """The points, or that there are none to give."""
        earned = "no mark" if self.earned is None else number(self.earned)
        return f"{earned} of {number(self.possible)}"

    @property
    def verdict(self) -> Verdict | None:
        """The verdict, where it is one on the learner's code."""
        return self.entry.verdict if self.entry.status == "graded" else None

    @property
    def state(self) -> str:
        """In a word: green or red where there is a verdict, else why there is none."""
        if self.verdict is None:
            return self.entry.status
        return "green" if self.verdict.green else "red"

    @property
    def looked_at(self) -> bool:
        """Whether there is something to say of each function."""
        return self.entry.status in ("graded", "untouched")

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The functions, in the order of work; not started where there is no verdict."""
        return tuple(
            Mark(f, self.verdict.state(f) if self.verdict else "not_started", weight(self.kata, f))
            for f in self.kata.functions
        )

    @property
    def sentence(self) -> str:
        """Why there is no verdict; nothing where there is one."""
        reason = escape.line(self.entry.reason, REASON)
        match self.entry.status:
            case "graded":
                return ""
            case "untouched":
                return "The file is the stub as it was handed out."
            case "missing" | "refused":
                return reason or f"The file is {self.entry.status}."
            case "unreadable":
                return f"There is no mark, for the fork cannot be read. {reason}".strip()
            case "fault":
                return f"There is no mark, and the fault is not the learner's. {reason}".strip()

    @cached_property
    def told(self) -> dict[str, str]:
        """What `check` tells of each red function; what stops several of them is told once."""
        told: dict[str, str] = {}
        stopped: dict[str, str] = {}
        for function in (mark.function for mark in self.marks if mark.red):
            first = self.only(function).first_to_do()
            if first is None:
                told[function] = self.tell(function)
                continue
            same = stopped.setdefault(first.message, function) if not first.ran else function
            told[function] = f"The same as {same}." if same != function else self.tell(function)
        return told

    def tell(self, function: str) -> str:
        """Tell of a red function what `check` tells, and the rules of the other tests it fails."""
        verdict = self.only(function)
        first = verdict.first_to_do()
        rows = "\n".join(line.plain for line in report.red(self.kata, verdict)).splitlines()
        others = [t for t in verdict.tests if t.outcome != "passed" and t is not first]
        ran = first is not None and first.ran
        if ran and (red := [f"  {test.rule}" for test in others if test.ran]):
            rows += ["", "Also red:", *red]
        if ran:
            rows += [text for why in not_run(others) for text in ("", why)]
        return "\n".join(escape.lines(clip("\n".join(shortened(rows)), LINES + 1)))

    def only(self, function: str) -> Verdict:
        """Return the part of the verdict that is on one function."""
        assert self.verdict is not None
        tests = tuple(self.verdict.of(function))
        return replace(self.verdict, functions=(function,), tests=tests)


def not_run(tests: list[TestResult]) -> list[str]:
    """Say why some of these tests were not run, and of how many that is true."""
    reasons = Counter(test.message for test in tests if not test.ran)
    return [f"{why} ({n} {'test' if n == 1 else 'tests'})" for why, n in reasons.items()]


def shortened(rows: list[str]) -> list[str]:
    """Cut long values out of the middle: what was expected, and why, stands at the end."""
    left = len(rows) - LINES
    if left <= 0:
        return rows
    return [*rows[: LINES // 3], f"  ... {left} more lines ...", *rows[-LINES * 2 // 3 :]]


def number(points: float | None) -> str:
    """Write points without needless zeros; nothing where there is no mark."""
    return "" if points is None else f"{points:.10g}"
