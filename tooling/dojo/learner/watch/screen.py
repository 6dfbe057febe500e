"""The watcher's screen: lines of text, cut to the size of the terminal, and a last line of keys."""

import os
from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderResult
from rich.live import Live
from rich.text import Text

from dojo.learner.watch import keymap, keys
from dojo.learner.watch.keymap import Place
from dojo.learner.watch.keys import Mode
from dojo.show.wrapping import wrap


class Page:
    """Lines of which a terminal shows as many as it has rows; notice and last line always stand.

    `top` is the number of the first row shown; drawing takes it back to where there is a row.
    """

    def __init__(
        self, lines: Iterable[Text], place: Place, top: int = 0, notice: Iterable[Text] = ()
    ) -> None:
        """Show lines from row `top` on, with the keys of a place."""
        self.lines = list(lines)
        self.place: Place = place
        self.top = top
        self.notice = list(notice)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Wrap the lines to the width, and cut them to the height."""
        width, height = options.max_width, (options.height or console.height) - 1
        notice = wrapped(self.notice, console, width)[:height]
        rows = wrapped(self.lines, console, width)
        room = height - len(notice)
        self.top = min(self.top, max(0, len(rows) - room))
        yield from cut(rows[self.top :], room)
        yield from notice
        foot = Text(keymap.foot(self.place, width, len(rows) > room), "reverse", end="")
        foot.truncate(width, pad=True)
        yield foot


def cut(rows: list[Text], room: int) -> list[Text]:
    """Fill a number of rows; where there are too many, the last says how many are missing."""
    left = len(rows) - room
    if left > 0 and room > 0:
        return [*rows[: room - 1], Text(f"... {left + 1} more lines: j and k scroll", "dim")]
    return [*rows[:room], *[Text()] * -left]


def wrapped(lines: Iterable[Text], console: Console, width: int) -> list[Text]:
    """Wrap lines to a width."""
    rows = [row for line in lines for row in wrap(line, console, width)]
    for row in rows:
        row.truncate(width)
    return rows


class Screen:
    """A terminal's alternate screen, drawn as a whole and only when told: nothing flickers.

    While it is taken, keys come one by one and the cursor is hidden; released, the terminal is as
    it was before.
    """

    def __init__(self, console: Console) -> None:
        """Use a terminal."""
        self.console = console
        self.live = Live(console=console, screen=True, auto_refresh=False)
        self.mode: Mode = []

    def take(self) -> None:
        """Take the terminal."""
        self.mode = keys.key_by_key()
        self.live.start()

    def take_again(self) -> None:
        """Take a terminal that another program has had meanwhile, without our being asked."""
        keys.key_by_key()
        self.console.set_alt_screen(True)
        self.console.show_cursor(False)

    def release(self) -> None:
        """Give the terminal back; what is left to be written to one that is gone goes nowhere."""
        try:
            self.live.stop()
        except OSError:
            with open(os.devnull, "w") as nowhere:
                os.dup2(nowhere.fileno(), self.console.file.fileno())
        keys.restore(self.mode)

    def draw(self, page: Page) -> None:
        """Draw a page."""
        self.live.update(page, refresh=True)
