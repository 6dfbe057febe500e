"""Runs the tests of one kata at a time in the background; a new run cancels the one before."""

from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Lock, Thread
from types import TracebackType

from dojo.errors import UsageError
from dojo.kata.catalog import Kata
from dojo.kata.libraries import libraries
from dojo.run.request import DEFAULT_SEED, ask
from dojo.run.verdict import Verdict
from dojo.run.warm import Runner, start_runner


@dataclass(frozen=True)
class Judged:
    """A run ended; there is no verdict if it was cancelled."""

    kata: Kata
    verdict: Verdict | None


class Tester:
    """A thread that runs what it is asked to, and calls back with what it found.

    Its runner has loaded what the files of the kata import. A learner's new import is loaded by the
    run, and for the next ones by a new runner, when the verdict is out. `asking` is held by who
    asks: what was asked for does not run before what ran is cancelled, or it would be too.
    """

    def __init__(self, kata: Kata, judged: Callable[[Judged], None]) -> None:
        """Make ready to run a kata first."""
        self.judged = judged
        self.kata = kata
        self.asked: SimpleQueue[Kata | None] = SimpleQueue()
        self.asking = Lock()
        self.loaded = libraries([kata])
        self.runner: Runner = start_runner(kata.root, self.loaded)
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
        with self.asking:
            self.asked.put(kata)
            self.runner.cancel()

    def work(self) -> None:
        """Run the last kata that was asked for, again and again, until there is none."""
        while (kata := self.latest()) is not None:
            if kata != self.kata:
                self.provide(kata)
            self.judged(Judged(kata, self.judge(kata)))
            self.provide(kata)
        self.runner.close()

    def judge(self, kata: Kata) -> Verdict | None:
        """Run a kata once."""
        request = ask(kata, DEFAULT_SEED, digests="told")
        try:
            verdicts = self.runner.run(request, self.asked.empty)
        except UsageError as error:
            return Verdict(
                kata.name, "mine", DEFAULT_SEED, "process", kata.functions, fault=str(error)
            )
        return verdicts[0] if verdicts else None

    def latest(self) -> Kata | None:
        """Wait for something to do; of several things asked for, only the last counts."""
        kata = self.asked.get()
        with self.asking:
            while not self.asked.empty():
                kata = self.asked.get()
        return kata

    def provide(self, kata: Kata) -> None:
        """Start another runner if this one lacks a library that a kata uses."""
        self.kata = kata
        wanted = libraries([kata])
        if not set(wanted) <= set(self.loaded):
            self.runner.close()
            self.loaded = wanted
            self.runner = start_runner(kata.root, wanted)
