"""Judged runs: the tests in one process, the learner's code in a locked-up worker."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

from dojo.author.judge.sandbox import Sandbox
from dojo.author.judge.types.entries import with_homes
from dojo.kata.catalog import Kata
from dojo.kata.libraries import libraries
from dojo.run.cold import run_cold
from dojo.run.request import Request
from dojo.run.verdict import Verdict
from dojo.run.warm import Zygote, always

PLUGIN = "dojo.author.judge.hooks"
# Other processes of ours begin at another core.
STARTED = count(os.getpid())


def judged(request: Request, sandbox: Sandbox) -> Request:
    """Have a request's code run in a worker of a sandbox."""
    control = str(sandbox.control.fileno())
    return replace(
        request,
        plugins=(*request.plugins, PLUGIN),
        options=(*request.options, ("judged", control)),
    )


def run_judged(request: Request) -> list[Verdict]:
    """Run one request with everything started afresh: a sandbox, and the tests beside it."""
    sandbox = Sandbox([request.kata], unsafe=False, warm=False)
    try:
        verdicts = run_cold(judged(request, sandbox))
        return [replace(verdict, isolation=sandbox.name) for verdict in verdicts]
    finally:
        sandbox.close()


class Judge(Zygote):
    """A runner whose verdicts come from a sandbox; both sides are warm."""

    def __init__(self, root: Path, katas: Sequence[Kata], *, unsafe: bool = False) -> None:
        """Start both sides and return at once; UsageError where this machine has no sandbox."""
        with one_core():
            self.sandbox = Sandbox(katas, unsafe=unsafe, warm=True)
            names = (*with_homes(libraries(katas)), PLUGIN)
            super().__init__(root, names, keep=(self.sandbox.control.fileno(),))

    def run(self, request: Request, wanted: Callable[[], bool] = always) -> list[Verdict]:
        """Give a verdict for each seed of a request, or none if it was cancelled."""
        verdicts = super().run(judged(request, self.sandbox), wanted)
        return [replace(verdict, isolation=self.sandbox.name) for verdict in verdicts]

    def close(self) -> None:
        """End both sides; nothing may run any more."""
        super().close()
        self.sandbox.close()


@contextmanager
def one_core() -> Iterator[None]:
    """Keep what this thread starts in the block on one core, another one at each time.

    Of both sides of a judged run one always waits for the other. On two cores, each message would
    have to wake the other core first.
    """
    if sys.platform != "linux":
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(before)[next(STARTED) % len(before)]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
