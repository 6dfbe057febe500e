"""Runs the tests of one kata at a time in the background; a new run cancels the one before."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from types import TracebackType

from dojo.catalog import Kata
from dojo.request import DEFAULT_SEED, ask
from dojo.verdict import Verdict
from dojo.warm import BASE, Runner, start_runner


@dataclass(frozen=True)
class Judged:
    """A run ended; there is no verdict if it was cancelled."""

    kata: Kata
    verdict: Verdict | None


class Tester:
    """A thread that runs what it is asked to, and calls back with what it found.

    Its runner holds the base libraries, and those that the kata it runs needs beyond them.
    """

    def __init__(self, root: Path, judged: Callable[[Judged], None]) -> None:
        """Make ready to run katas of a workbook."""
        self.root = root
        self.judged = judged
        self.asked: SimpleQueue[Kata | None] = SimpleQueue()
        self.libraries: tuple[str, ...] = BASE
        self.runner: Runner = start_runner(root, BASE)
        self.thread = Thread(target=self.work, daemon=True)

    def __enter__(self) -> "Tester":
        """Start the thread."""
        self.thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End what runs, and the thread."""
        self.asked.put(None)
        self.runner.cancel()
        self.thread.join()

    def start(self, kata: Kata) -> None:
        """Run a kata's tests as soon as possible; what runs now is cancelled."""
        self.asked.put(kata)
        self.runner.cancel()

    def work(self) -> None:
        """Run the last kata that was asked for, again and again, until there is none."""
        while (kata := self.latest()) is not None:
            self.provide(kata)
            verdicts = self.runner.run(kata, ask(kata, DEFAULT_SEED))
            self.judged(Judged(kata, verdicts[0] if verdicts else None))
        self.runner.close()

    def latest(self) -> Kata | None:
        """Wait for something to do; of several things asked for, only the last counts."""
        kata = self.asked.get()
        while not self.asked.empty():
            kata = self.asked.get()
        return kata

    def provide(self, kata: Kata) -> None:
        """Start another runner if the kata needs other libraries than this one holds."""
        libraries = (*BASE, *kata.facts.needs)
        if libraries != self.libraries:
            self.runner.close()
            self.libraries = libraries
            self.runner = start_runner(self.root, libraries)
