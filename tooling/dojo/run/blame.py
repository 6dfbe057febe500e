"""How a child process hung or died, in words, and where its dumped stack says it was."""

import os
import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from dojo.run.request import Request
from dojo.run.verdict import Outcome, TestResult

FRAME = re.compile(r'^  File "(?P<file>.*)", line (?P<line>\d+) in (?P<function>.*)$', re.M)

# At its limit a child writes this and the stack of code that runs; to read that may crash it.
LATE = "Timeout ("


@dataclass(frozen=True)
class End:
    """How a child ended that ran a kata's tests on a file.

    `alive` says that it had to be ended; `code` is its exit code, or negative its signal; `trace`
    what it wrote down of itself.
    """

    request: Request
    alive: bool
    code: int | None
    trace: str

    @property
    def outcome(self) -> Outcome:
        """Whether it hung or died."""
        return "timeout" if self.alive or LATE in self.trace else "crashed"

    @property
    def file(self) -> str:
        """The path of the file that it ran, whose lines a stack is searched for."""
        request = self.request
        chosen = {"mine": self.request.kata.mine, "stub": self.request.kata.pristine}
        return request.file or str(chosen.get(request.against, self.request.kata.reference))

    @property
    def name(self) -> str:
        """The name of the file as a learner knows it."""
        return Path(self.request.file or self.request.kata.mine).name

    @cached_property
    def line(self) -> str:
        """The number of the line of the file that ran, or ''."""
        return last_line_in(self.trace, {self.file})

    @property
    def where(self) -> str:
        """That line as file:line, or ''."""
        return f"{self.file.removeprefix(self.request.root + os.sep)}:{self.line}" * bool(self.line)

    def told_of(self, subject: str) -> str:
        """Tell it of what ran, in a sentence."""
        spot = f", in line {self.line} of {self.name}" if self.line else ""
        return f"{subject} {how(self.outcome, self.code, self.request.timeout)}{spot}."

    def result(self, test: TestResult) -> TestResult:
        """Return the result of the test that ran."""
        message = self.told_of(test.function)
        return replace(test, outcome=self.outcome, message=message, where=self.where)

    def import_results(self) -> Iterator[TestResult]:
        """Yield a result for each function where the file could not even be executed."""
        text, rule = self.told_of(f"Importing {self.name}"), f"{self.name} can be imported"
        for function in self.request.kata.functions:
            test = TestResult(f"import::{function}", function, rule, "", self.outcome, text)
            yield replace(test, where=self.where, ran=False)

    def is_ours(self, *, ran: bool) -> bool:
        """Tell whether the tool failed: no learner's code `ran`, or none runs in that process."""
        return not ran or (self.request.judged and self.outcome == "crashed")

    def fault(self, limit: float, *, ran: bool) -> str:
        """Tell of the tool's own failure: what it wrote last, or how it ended."""
        last = self.trace.strip().rpartition("\n")[2] if (self.code or 0) >= 0 else ""
        what = "failed" if ran else "did not get as far as the tests"
        return f"The test process {what}: {last or how(self.outcome, self.code, limit)}."


def how(outcome: Outcome, code: int | None, limit: float) -> str:
    """Say how a child hung or died."""
    if outcome == "timeout":
        return f"was still running after {limit:g} s"
    if code is None or code >= 0:
        return f"ended Python itself (exit code {code}), as os._exit() does"
    name = name_of(-code)
    because = {"SIGSEGV": " (a segmentation fault)", "SIGKILL": " (out of memory, most likely)"}
    return f"crashed Python with {name}{because.get(name, '')}"


def name_of(number: int) -> str:
    """Name a signal; those for real time have numbers only."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def last_line_in(trace: str, files: set[str]) -> str:
    """Return the line number of the innermost frame of a dumped stack in one of some files."""
    stack = trace.rpartition("most recent call first")[2]
    return next((m["line"] for m in FRAME.finditer(stack) if m["file"] in files), "")
