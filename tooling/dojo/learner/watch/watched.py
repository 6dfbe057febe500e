"""What a learner watches: the kata, its last verdict, and the function that is being worked on."""

import time
from dataclasses import dataclass, field
from pathlib import Path

from dojo.kata import catalog
from dojo.kata.catalog import Kata
from dojo.learner import check, disown
from dojo.learner.watch import edited
from dojo.learner.watch.saves import Saved
from dojo.learner.watch.tester import Judged, Tester
from dojo.run.verdict import Verdict


@dataclass(frozen=True)
class Pressed:
    """A key was pressed."""

    key: str


@dataclass(frozen=True)
class Signalled:
    """The system sent a signal, by its name: SIGTERM."""

    name: str


@dataclass(frozen=True)
class Noticed:
    """Something is to be said to the learner."""

    text: str


@dataclass(frozen=True)
class Failed:
    """A thread of the watcher has ended with an error."""

    error: BaseException


Event = Saved | Pressed | Judged | Signalled | Noticed | Failed


@dataclass
class Watched:
    """The state of a watch, which events change.

    `before` is the verdict that `verdict` is compared with, both of them of `kata`; `done` the kata
    that turned green and was left by itself. `chosen` is the function that a key has chosen since
    the last save, `edited` are those that saves have changed last, `sources` what the learner's
    file held then. `runs` counts the verdicts on this kata, `cause` says what the last one came
    after, and `since` when the kata was turned to.
    """

    root: Path
    kata: Kata
    tester: Tester
    verdict: Verdict | None = None
    before: Verdict | None = None
    done: Kata | None = None
    goes_on: bool = False
    chosen: str | None = None
    edited: list[str] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    cause: str = "start"
    asked_at: float = 0.0
    seconds: float = 0.0
    runs: int = 0
    since: float = 0.0

    def turn_to(self, kata: Kata, cause: str = "start", at: float | None = None) -> None:
        """Watch another kata from now on."""
        self.kata, self.verdict, self.before, self.done = kata, None, None, None
        self.chosen, self.edited, self.runs, self.since = None, [], 0, time.monotonic()
        self.start(cause, at)
        self.sources = edited.sources(kata.mine)

    def start(self, cause: str, at: float | None = None) -> None:
        """Run the tests of the kata; a run that is under way is cancelled."""
        self.tester.start(self.kata)
        self.cause, self.asked_at = cause, time.monotonic() if at is None else at

    def work_on(self, sources: dict[str, str]) -> None:
        """Turn to the functions that are other than before in what the learner's file holds now."""
        own = [f for f in edited.changed(self.sources, sources) if f in self.kata.functions]
        if own:
            self.chosen, self.edited = None, own
        self.sources = sources

    def on_judged(self, event: Judged) -> bool:
        """Take in a verdict; tell whether it is one of the kata that is watched now."""
        if event.kata != self.kata or event.verdict is None:
            return False
        self.before = self.verdict
        self.verdict = disown.admitted(self.root, self.kata, event.verdict)
        self.seconds = time.monotonic() - self.asked_at
        self.runs += 1
        return True

    def disown(self) -> str:
        """Deny what is told of the function that is shown; return what is to be said of that."""
        if self.verdict is None or self.function is None:
            return "There is no verdict yet."
        self.verdict, said = disown.disown(self.root, self.kata, self.verdict, self.function)
        return said

    def keep(self) -> str:
        """Write the verdict into the journal; return what is to be said if that cannot be done.

        Who saves a kata that was skipped takes it up again.
        """
        verdict = self.verdict
        if verdict is None or verdict.fault:
            return ""
        return check.keep(self.root, [(self.kata, verdict)], named=self.cause == "save")

    def go_on(self) -> None:
        """Turn to the next open kata if a save has made this one green and that was wished for."""
        if not (self.goes_on and self.cause == "save" and self.is_green):
            return
        following = check.following(self.root, self.kata)
        if following is not None:
            done = self.kata
            self.turn_to(following)
            self.done = done

    def neighbour(self, step: int) -> Kata | None:
        """Return the next kata, or the one before; None at either end."""
        katas = catalog.katas(self.root)
        at = katas.index(self.kata) + step
        return katas[at] if 0 <= at < len(katas) else None

    @property
    def is_green(self) -> bool:
        """Whether the last verdict is green."""
        return self.verdict is not None and self.verdict.green

    @property
    def function(self) -> str | None:
        """The function that is shown: chosen, or edited last and open, or the first to do."""
        if self.chosen is not None:
            return self.chosen
        if self.verdict is None or not self.verdict.tests:
            return (self.edited or self.kata.functions)[0]
        states = {f: self.verdict.state(f) for f in self.edited}
        worked_on = next((f for f, state in states.items() if state != "green"), None)
        first = self.verdict.first_to_do()
        return worked_on or (first.function if first else self.verdict.first_open())

    def choose(self, step: int) -> None:
        """Show the function a number of rows further down; after the last comes the first."""
        functions = self.kata.functions
        at = functions.index(self.function) if self.function else -1
        self.chosen = functions[(at + step) % len(functions)]
