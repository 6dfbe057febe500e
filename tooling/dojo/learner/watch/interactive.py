"""The watcher on a screen: what is drawn when, and what stands in place of the verdict."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from queue import SimpleQueue

from rich.text import Text

from dojo.errors import UsageError
from dojo.learner.watch import keymap, panel, saves, signals
from dojo.learner.watch.actions import Actions
from dojo.learner.watch.keymap import Place
from dojo.learner.watch.saves import Saved
from dojo.learner.watch.screen import Page, Screen
from dojo.learner.watch.sides import Reading, Side
from dojo.learner.watch.watched import Event, Failed, Noticed, Pressed, Signalled, Watched


@dataclass(frozen=True)
class Question:
    """A question, and what is done if the answer is yes."""

    text: str
    confirmed: Callable[[], None]


class Interactive:
    """A watch on a full screen, steered by single keys.

    `side` stands in place of the verdict, `question` below either. `notice` is said until a key is
    pressed or, unless `lasts()`, the verdict comes that a save or a key has asked for.
    """

    def __init__(self, watched: Watched, screen: Screen) -> None:
        """Show a watch on a screen."""
        self.watched = watched
        self.screen = screen
        self.side: Side | None = None
        self.question: Question | None = None
        self.notice: list[Text] = []
        self.lasts: Callable[[], bool] = lambda: False
        self.top = 0
        self.actions = Actions(self)

    @property
    def place(self) -> Place:
        """Which keys work at the moment."""
        if self.question is not None:
            return "question"
        if self.side is not None:
            return self.side.place
        return "green" if self.watched.is_green else "open"

    def run(self, events: "SimpleQueue[Event]") -> str:
        """Take in events until `q`, or a signal that ends it, whose name is returned."""
        self.draw()
        while True:
            event = events.get()
            if isinstance(event, Pressed) and keymap.action(self.place, event.key) == "quit":
                return ""
            if isinstance(event, Signalled) and event.name in signals.ENDS:
                return event.name
            if self.take(event):
                self.draw()

    def take(self, event: Event) -> bool:
        """Take in one event; tell whether the screen is to be drawn.

        A save shows nothing by itself, and drawing would hold up the run that it starts.
        """
        if isinstance(event, Saved):
            return saves.follow(self.watched, event)
        if isinstance(event, Failed):
            raise event.error
        if isinstance(event, Pressed):
            self.press(event.key)
        elif isinstance(event, Noticed):
            self.say(event.text)
        elif isinstance(event, Signalled):
            self.obey(event.name)
        elif self.watched.on_judged(event):
            self.show_verdict()
        else:
            return False
        return True

    def draw(self) -> None:
        """Draw the side screen that a key has opened, or else the verdict."""
        size = self.screen.console.size
        lines: Iterable[Text] = panel.lines(self.watched)
        if self.side is not None:
            lines = self.side.lines(size.width, size.height)
        question = [Text(self.question.text, "bold")] if self.question else []
        page = Page(lines, self.place, self.top, [*self.notice, *question])
        self.screen.draw(page)
        self.top = page.top

    def press(self, key: str) -> None:
        """Do what a key asks for on this screen, if anything; say why it cannot be done."""
        self.notice = []
        try:
            self.actions.do(keymap.action(self.place, key), key)
        except (UsageError, OSError) as error:
            self.say(str(error))

    def obey(self, signal: str) -> None:
        """Stop when the shell asks for it, and take the terminal again when it says go on."""
        if signal == "SIGTSTP":
            self.screen.release()
            signals.stop()
            self.screen.take()
        elif signal == "SIGCONT":
            self.screen.take_again()

    def show_verdict(self) -> None:
        """Show a new verdict; that of a save closes what is read."""
        if self.watched.cause == "save":
            self.top = 0
            self.side = None if isinstance(self.side, Reading) else self.side
        if self.watched.cause != "start" and not self.lasts():
            self.notice = []
        if unsaved := self.watched.keep():
            self.say(unsaved)
        self.watched.go_on()

    def say(self, text: str) -> None:
        """Say something above the last line."""
        self.say_while([Text(text)], lambda: False)

    def say_while(self, lines: list[Text], lasts: Callable[[], bool]) -> None:
        """Say something that a new verdict leaves there as long as it is true."""
        self.notice, self.lasts = lines, lasts

    def ask(self, text: str, confirmed: Callable[[], None]) -> None:
        """Ask a question, and do something if the answer is yes."""
        self.question = Question(text, confirmed)

    def read(self, side: Side) -> None:
        """Open a side screen."""
        self.side, self.top = side, 0

    def go_back(self) -> None:
        """Leave the question, or else the side screen."""
        if self.question is None:
            self.side, self.top = None, 0
        self.question = None

    def answer_yes(self) -> None:
        """Do what the question asks."""
        question, self.question = self.question, None
        if question is not None:
            question.confirmed()

    def scroll(self, rows: int) -> None:
        """Scroll by some rows; drawing finds the end."""
        self.top = max(0, self.top + rows)
