"""Which runner gives the verdicts of grading, and how isolated it keeps what it runs."""

from collections.abc import Callable
from pathlib import Path

from dojo.author.judge.judge import Judge
from dojo.author.judge.sandbox import SANDBOX, UNSAFE
from dojo.errors import UsageError
from dojo.kata import catalog
from dojo.run.request import Request
from dojo.run.verdict import Verdict
from dojo.run.warm import Runner, always


def isolation_of(unsafe: bool) -> str:
    """Name the isolation of the verdicts that `runner_for` gives."""
    return UNSAFE if unsafe else SANDBOX


def runner_for(root: Path, unsafe: bool) -> Runner:
    """Start the runner that grading uses; UsageError where this machine has no sandbox."""
    return Lasting(lambda: Judge(root, catalog.katas(root), unsafe=unsafe))


class Lasting:
    """A runner that starts again where its process has ended: one learner must not end them all."""

    def __init__(self, start: Callable[[], Runner]) -> None:
        """Start the first."""
        self.start = start
        self.runner = start()

    def run(self, request: Request, wanted: Callable[[], bool] = always) -> list[Verdict]:
        """Run one request, with a new runner if the one at hand fails."""
        try:
            return self.runner.run(request, wanted)
        except UsageError:
            self.runner.close()
            self.runner = self.start()
            return self.runner.run(request, wanted)

    def cancel(self) -> None:
        """Give up the run that is under way."""
        self.runner.cancel()

    def close(self) -> None:
        """End the process."""
        self.runner.close()
