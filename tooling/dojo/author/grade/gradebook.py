"""What grading found: every learner, every kata, with points; all reports are made from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from dojo.kata.catalog import Kata
from dojo.run.verdict import Verdict

Status = Literal["graded", "untouched", "missing", "refused", "unreadable", "fault"]
UNMARKED = ("unreadable", "fault")


@dataclass(frozen=True)
class Learner:
    """One row of the roster; `problem` says, in a sentence, why the fork cannot be read."""

    name: str
    repo: str
    commit: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Entry:
    """One learner's result in one kata.

    graded: there is a verdict. untouched: the stub as it was handed out, known red without a run.
    missing: the fork has no such file. refused: there is something else than a readable file in
    its place (a symlink, too large, not UTF-8). unreadable: the fork itself. fault: the tool's or
    the kata's own failure. `reason` says why, in a sentence, for all but the first two.
    """

    learner: str
    kata: str
    status: Status
    reason: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Gradebook:
    """The results of a cohort, under one seed and one isolation, in the order of the roster."""

    seed: int
    isolation: str
    version: str
    katas: tuple[Kata, ...]
    learners: tuple[Learner, ...]
    entries: tuple[Entry, ...]

    @cached_property
    def by_cell(self) -> Mapping[tuple[str, str], Entry]:
        """The entries by learner and kata."""
        return {(e.learner, e.kata): e for e in self.entries}

    def entry(self, learner: Learner, kata: Kata) -> Entry:
        """Return one cell of the gradebook."""
        return self.by_cell[learner.name, kata.name]

    def earned(self, learner: Learner, kata: Kata) -> float | None:
        """Add up the points of the functions that are green; None where there is no mark.

        A fault of ours and a fork that nobody could read are no zero.
        """
        entry = self.entry(learner, kata)
        if entry.status in UNMARKED:
            return None
        if entry.verdict is None:
            return 0.0
        green = (f for f in kata.functions if entry.verdict.state(f) == "green")
        return float(sum(weight(kata, f) for f in green))

    def total(self, learner: Learner) -> float | None:
        """Add up a learner's points; None where one kata has no mark."""
        marks = [self.earned(learner, kata) for kata in self.katas]
        known = [mark for mark in marks if mark is not None]
        return sum(known) if len(known) == len(marks) else None

    @property
    def possible(self) -> float:
        """The points of somebody who has everything right."""
        return sum(points(kata) for kata in self.katas)


def weight(kata: Kata, function: str) -> float:
    """Return the points of one function: 1, unless `kata.toml` says otherwise."""
    return kata.facts.points.get(function, 1.0)


def points(kata: Kata) -> float:
    """Return the points of a whole kata."""
    return float(sum(weight(kata, f) for f in kata.functions))
