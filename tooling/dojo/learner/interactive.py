"""The watcher's keys, and what they put on the screen."""

import io
from collections.abc import Callable
from queue import SimpleQueue

from rich.console import Console
from rich.live import Live
from rich.text import Text

from dojo.catalog import Kata
from dojo.errors import UsageError
from dojo.learner import check, hint, progress, reset, solution
from dojo.learner.screen import FOOT, Page
from dojo.learner.watched import Event, Pressed, Saved, Watched


class Interactive:
    """A watch on a full screen, steered by single keys."""

    def __init__(self, watched: Watched, live: Live) -> None:
        """Show a watch on a screen."""
        self.watched = watched
        self.live = live
        self.every = False
        self.top = 0
        self.panel: list[Text] = []
        self.question = ""
        self.confirmed: Callable[[], None] = lambda: None
        self.was_reset = False
        self.actions: dict[str, Callable[[], None]] = {
            "h": self.show_hint,
            "n": self.go_to_next,
            "p": self.show_progress,
            "a": self.toggle_every,
            "s": self.ask_for_solution,
            "r": self.ask_for_reset,
        }

    def run(self, events: "SimpleQueue[Event]") -> int:
        """Take in events until `q`."""
        self.draw()
        while True:
            event = events.get()
            if isinstance(event, Pressed) and event.key == "q":
                return 0
            if self.take(event):
                self.draw()

    def take(self, event: Event) -> bool:
        """Take in one event; tell whether the screen is to be drawn.

        A save shows nothing by itself, and drawing would hold up the run that it starts.
        """
        if isinstance(event, Saved):
            return self.watched.on_saved(event)
        if isinstance(event, Pressed):
            self.press(event.key)
            return True
        if not self.watched.on_judged(event):
            return False
        if not self.tells_of_reset():
            self.panel, self.top = [], 0
        self.watched.go_on()
        return True

    def draw(self) -> None:
        """Draw the panel that a key has opened, or else the verdict."""
        lines = self.panel or self.watched.lines(self.every)
        self.live.update(Page(lines, self.question or FOOT, self.top), refresh=True)

    def press(self, key: str) -> None:
        """Do what a key asks for; any other key closes what an earlier one has opened."""
        asked, self.question = self.question, ""
        if asked:
            if key == "y":
                self.confirmed()
        elif key in ("j", "k"):
            self.top = max(0, self.top + (1 if key == "j" else -1))
        elif key:
            self.panel, self.top, self.was_reset = [], 0, False
            self.actions.get(key, lambda: None)()

    def show_hint(self) -> None:
        """Show the next hint for the first function that is not green."""
        kata, verdict = self.watched.kata, self.watched.verdict
        function = verdict.first_open() if verdict else kata.functions[0]
        if function:
            self.capture(lambda console: hint.hint(kata.root, kata, function, console))

    def go_to_next(self) -> None:
        """Turn to the next open kata."""
        following = check.following(self.watched.root, self.watched.kata)
        if following is not None:
            self.watched.done = None
            self.watched.turn_to(following)

    def show_progress(self) -> None:
        """Show how far the learner is."""
        self.capture(lambda console: progress.progress(self.watched.root, console))

    def toggle_every(self) -> None:
        """Show all red tests in full, or only the first one again."""
        self.every = not self.every

    def ask_for_solution(self) -> None:
        """Ask before something is shown that cannot be unseen."""
        kata = self.watched.kata
        self.question = f"Show the reference solution of {kata.short}? y or n"
        self.confirmed = lambda: self.capture(lambda c: solution.solution(kata, True, c))

    def ask_for_reset(self) -> None:
        """Ask before the learner's file is replaced."""
        kata = self.watched.kata
        self.question = f"Put the stub of {kata.short} back? y or n"
        self.confirmed = lambda: self.reset(kata)

    def reset(self, kata: Kata) -> None:
        """Put the stub back, and say where the file is kept."""
        self.capture(lambda console: reset.reset(kata.root, kata, console))
        self.was_reset = True

    def tells_of_reset(self) -> bool:
        """Tell whether the panel says where a file is kept that was replaced by the stub just now.

        The verdict on that stub must not wipe it off the screen; one on a later save may.
        """
        kata = self.watched.kata
        same = kata.mine.exists() and kata.mine.read_bytes() == kata.pristine.read_bytes()
        self.was_reset = self.was_reset and same
        return self.was_reset

    def capture(self, show: Callable[[Console], object]) -> None:
        """Run a verb and keep what it prints as a panel."""
        printed = io.StringIO()
        console = Console(file=printed, force_terminal=True, width=self.live.console.width)
        try:
            show(console)
        except UsageError as error:
            console.print(str(error))
        self.panel = [Text.from_ansi(line) for line in printed.getvalue().splitlines()]
