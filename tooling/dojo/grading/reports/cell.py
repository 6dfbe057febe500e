"""One learner's result in one kata, as the reports show it."""

from dataclasses import dataclass, replace
from functools import cached_property

from dojo import inert
from dojo.catalog import Kata
from dojo.grading.gradebook import Entry, points, weight
from dojo.learner import report
from dojo.show import clip
from dojo.verdict import State, Verdict

WORDS = report.WORDS
LINES = 60
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
        reason = inert.line(self.entry.reason, REASON)
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
        """What `check` tells of each red function."""
        return {mark.function: self.tell(mark.function) for mark in self.marks if mark.red}

    def tell(self, function: str) -> str:
        """Tell of a red function what `check` tells."""
        assert self.verdict is not None
        tests = tuple(self.verdict.of(function))
        narrow = replace(self.verdict, functions=(function,), tests=tests)
        rows = "\n".join(line.plain for line in report.red(self.kata, narrow))
        return "\n".join(inert.lines(clip(rows, LINES)))


def number(points: float | None) -> str:
    """Write points without needless zeros; nothing where there is no mark."""
    return "" if points is None else f"{points:.10g}"
