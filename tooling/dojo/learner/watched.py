"""What a learner watches: the kata, its last verdict, and what changed since the one before."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.text import Text

from dojo import catalog
from dojo.catalog import Kata
from dojo.learner import check, journal, report
from dojo.learner.tester import Judged, Tester
from dojo.verdict import Verdict

# So many tests that turned by one save are named; more are counted.
NAMED = 5


@dataclass(frozen=True)
class Saved:
    """A Python file below katas/ was saved, at a time of `time.monotonic()`."""

    path: Path
    at: float


@dataclass(frozen=True)
class Pressed:
    """A key was pressed; "" when only the size of the terminal changed."""

    key: str


Event = Saved | Pressed | Judged


@dataclass
class Watched:
    """The state of a watch; events change it, and `lines` shows it."""

    root: Path
    kata: Kata
    tester: Tester
    verdict: Verdict | None = None
    before: Verdict | None = None
    done: Kata | None = None
    saved: bool = False
    saved_at: float = 0.0
    seconds: float = 0.0

    def turn_to(self, kata: Kata) -> None:
        """Watch another kata from now on."""
        self.kata, self.verdict, self.before = kata, None, None
        self.start()

    def start(self) -> None:
        """Run the tests of the kata; a run that is under way is cancelled."""
        self.saved, self.saved_at = False, time.monotonic()
        self.tester.start(self.kata)

    def on_saved(self, event: Saved) -> bool:
        """Follow the learner to the kata whose file was saved; tell whether it is another one."""
        named = [k for k in catalog.katas(self.root) if event.path.is_relative_to(k.folder)]
        if not named:
            return False
        turns = named[0] != self.kata
        if turns:
            self.done = None
            self.turn_to(named[0])
        else:
            self.start()
        self.saved, self.saved_at = True, event.at
        return turns

    def on_judged(self, event: Judged) -> bool:
        """Take in a verdict; tell whether it is one of the kata that is watched now."""
        if event.kata != self.kata or event.verdict is None:
            return False
        self.before, self.verdict = self.verdict, event.verdict
        self.seconds = time.monotonic() - self.saved_at
        if not self.verdict.fault:
            journal.write_check(self.root, self.kata, self.verdict)
        return True

    def go_on(self) -> bool:
        """Turn to the next open kata if this one is green; tell whether there is one."""
        if self.verdict is None or not self.verdict.green:
            return False
        following = check.following(self.root, self.kata)
        if following is None:
            return False
        self.done = self.kata
        self.turn_to(following)
        return True

    def lines(self, every: bool = False) -> Iterator[Text]:
        """Yield what is shown: the verdict, the time it took, what changed."""
        if self.done is not None:
            yield from report.green(self.done, None)
            yield Text()
        if self.verdict is None:
            yield Text(f"{self.kata.short} {self.kata.facts.title} ...", "bold")
            return
        yield from report.functions(self.kata, self.verdict)
        since = "after the save" if self.saved else "after the start"
        yield Text(f"{self.seconds:.2f} s {since}", "dim")
        yield from changes(self.before, self.verdict)
        yield Text()
        yield from report.closing(self.kata, self.verdict, None, every)


def changes(before: Verdict | None, now: Verdict) -> Iterator[Text]:
    """Yield the tests that turned green or red since the last save: many of them as a count."""
    if before is None:
        return
    was = {t.id: t.outcome == "passed" for t in before.tests}
    turned = [t for t in now.tests if was.get(t.id) not in (None, t.outcome == "passed")]
    for word, style in (("now green", "green"), ("now red", "red")):
        tests = [t for t in turned if (t.outcome == "passed") == (style == "green")]
        if len(tests) > NAMED:
            counts = Counter(t.function for t in tests)
            shown = ", ".join(f"{function} {count}" for function, count in counts.items())
            yield Text(f"{word}: {len(tests)} tests ({shown})", style)
            continue
        for test in tests:
            yield Text(f"{word}: {test.function}, {test.rule}", style)
