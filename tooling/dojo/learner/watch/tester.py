"""Runs the tests of one kata at a time in the background; a new run cancels the one before."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from types import TracebackType

from dojo.errors import UsageError
from dojo.kata.catalog import Kata
from dojo.run.request import DEFAULT_SEED, ask
from dojo.run.verdict import Verdict
from dojo.run.warm import BASE, Runner, start_runner


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
            self.provide((*BASE, *kata.facts.needs))
            self.judged(Judged(kata, self.judge(kata)))
        self.runner.close()

    def judge(self, kata: Kata) -> Verdict | None:
        """Run a kata once; a warm process that a learner's code has ended is started again."""
        request = ask(kata, DEFAULT_SEED)
        try:
            verdicts = self.runner.run(request, self.asked.empty)
        except UsageError as error:
            self.libraries = ()
            return Verdict(
                kata.name, "mine", DEFAULT_SEED, "process", kata.functions, (), str(error)
            )
        return verdicts[0] if verdicts else None

    def latest(self) -> Kata | None:
        """Wait for something to do; of several things asked for, only the last counts."""
        kata = self.asked.get()
        while not self.asked.empty():
            kata = self.asked.get()
        return kata

    def provide(self, libraries: tuple[str, ...]) -> None:
        """Start another runner if this one does not hold these libraries, or has ended."""
        if libraries != self.libraries:
            self.runner.close()
            self.libraries = libraries
            self.runner = start_runner(self.root, libraries)
