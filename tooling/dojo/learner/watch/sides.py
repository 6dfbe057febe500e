"""What stands on the watcher's screen in place of the verdict: a text, the list of katas."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.text import Text

from dojo.errors import UsageError
from dojo.kata import catalog
from dojo.kata.catalog import Kata
from dojo.learner import check, journal
from dojo.learner.journal import History
from dojo.learner.watch.keymap import Place
from dojo.show import report
from dojo.show.markdown import markdown


@dataclass
class Reading:
    """A text to read, printed anew for every width of the terminal.

    `least` is a width below which it is printed as for that width, and its lines are wrapped.
    """

    show: Callable[[Console], object]
    place: Place = "text"
    least: int = 0
    printed: dict[int, list[Text]] = field(default_factory=dict)

    def lines(self, width: int, height: int) -> list[Text]:
        """Return the text, however high the terminal is."""
        if width not in self.printed:
            self.printed = {width: printed(self.show, max(width, self.least))}
        return self.printed[width]


def printed(show: Callable[[Console], object], width: int) -> list[Text]:
    """Return what a verb prints on a terminal of a width."""
    output = io.StringIO()
    console = Console(file=output, force_terminal=True, width=width, legacy_windows=False)
    try:
        show(console)
    except (UsageError, OSError) as error:
        console.print(str(error), highlight=False)
    lines = [Text.from_ansi(line) for line in output.getvalue().splitlines()]
    for line in lines:
        line.rstrip()
    return lines


def printing(lines: Iterable[Text]) -> Reading:
    """Return lines to read, as they are."""
    kept = list(lines)
    return Reading(lambda console: report.put(console, iter(kept)))


def document(path: Path) -> Reading:
    """Return a Markdown file to read."""

    def show(console: Console) -> None:
        if not path.exists():
            raise UsageError(f"There is no {path.name} in {path.parent.name}.")
        console.print(markdown(path.read_text(encoding="utf-8")))

    return Reading(show)


@dataclass
class Katas:
    """The list of katas, of which one is pointed at."""

    katas: Sequence[Kata]
    histories: dict[str, History]
    at: int
    place: Place = "list"

    @property
    def chosen(self) -> Kata:
        """The kata that is pointed at."""
        return self.katas[self.at]

    def move(self, step: int) -> None:
        """Point at another kata, up to either end."""
        self.at = min(max(self.at + step, 0), len(self.katas) - 1)

    def lines(self, width: int, height: int) -> list[Text]:
        """Return as many katas around the chosen one as a terminal shows."""
        green = sum(check.history(self.histories, k).green(k) for k in self.katas)
        room = max(1, height - 4)
        top = min(max(self.at - room // 2, 0), max(0, len(self.katas) - room))
        rows = [self.row(n, width) for n in range(top, min(top + room, len(self.katas)))]
        more = len(self.katas) - top - len(rows)
        title = Text(f"{green} of {len(self.katas)} katas are green.", "bold")
        return [title, Text(), *rows, *[Text(f"  and {more} more", "dim")] * bool(more)]

    def row(self, number: int, width: int) -> Text:
        """Return the line of one kata, never wider than the terminal."""
        kata = self.katas[number]
        names = max(len(k.facts.title) for k in self.katas)
        word, style = state(kata, check.history(self.histories, kata))
        row = Text("> " if number == self.at else "  ", "bold")
        row.append(f"{kata.short} {kata.facts.title:<{names}}  ", "default")
        row.append(word, style)
        row.truncate(width)
        return row


def state(kata: Kata, history: History) -> tuple[str, str]:
    """Say how far a kata is, and in which style to say it."""
    green = sum(history.states.get(f) == "green" for f in kata.functions)
    if history.green(kata):
        return "green", "green"
    if history.skipped:
        return "skipped", "yellow"
    if not green and set(history.states.values()) <= {"not_started"}:
        return f"not started, {kata.facts.minutes} min", "dim"
    return f"{green} of {len(kata.functions)} functions green", "red"


def katas(root: Path, current: Kata, at: Kata | None) -> Katas:
    """Return the list of katas, with one of them pointed at: the current one if none is named."""
    found = catalog.katas(root)
    return Katas(found, journal.read(root), found.index(at or current))


Side = Reading | Katas
