"""The watcher's screen: lines of text, cut to the height of the terminal, and a foot line."""

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console, ConsoleOptions, RenderResult
from rich.live import Live
from rich.text import Text

from dojo.learner.layout import wrap

FOOT = "h hint  n next kata  p progress  a all red  s solution  r reset  q quit"


class Page:
    """Lines of which a terminal shows as many as it has rows; the foot line is always there."""

    def __init__(self, lines: Iterable[Text], foot: str, top: int = 0) -> None:
        """Show lines from number `top` on."""
        self.lines = list(lines)
        self.foot = Text(foot, "reverse")
        self.top = top

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Wrap the lines to the width, and cut them to the height."""
        height = (options.height or console.height) - 1
        rows = [row for line in self.lines for row in wrap(line, console, options.max_width)]
        rows = rows[min(self.top, max(0, len(rows) - height)) :]
        left = len(rows) - height
        if left > 0:
            rows = [*rows[: height - 1], Text(f"... {left + 1} more lines: j and k scroll", "dim")]
        yield from rows
        yield from [Text()] * (height - len(rows))
        self.foot.truncate(options.max_width, pad=True)
        self.foot.end = ""
        yield self.foot


def full_screen(console: Console) -> Live:
    """Draw on a terminal's alternate screen, as a whole and only when told: nothing flickers."""
    return Live(console=console, screen=True, auto_refresh=False)


@contextmanager
def resizing(resized: Callable[[], None]) -> Iterator[None]:
    """Call back when the terminal changes its size, where the system tells."""
    change = getattr(signal, "SIGWINCH", None)
    if change is None:
        yield
        return
    before = signal.signal(change, lambda *_: resized())
    try:
        yield
    finally:
        signal.signal(change, before)
