"""How far the runs are: a bar on a terminal, a line at every tenth in a pipe."""

import contextlib
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

STEPS = 10


class RateColumn(ProgressColumn):
    """Runs a minute."""

    def render(self, task: Task) -> Text:
        """Show the rate, once there is one."""
        return Text(f"{60 * task.speed:.0f} a minute" if task.speed else "")


@contextlib.contextmanager
def shown(console: Console, total: int) -> Iterator[Callable[[], None]]:
    """Give a function that is to be called after each run."""
    if console.is_terminal:
        columns = (MofNCompleteColumn(), RateColumn(), TimeRemainingColumn(), TextColumn("left"))
        with Progress(TextColumn("runs"), BarColumn(), *columns, console=console) as progress:
            task = progress.add_task("", total=total)
            yield lambda: progress.advance(task)
    else:
        yield Lines(console, total).step


class Lines:
    """Says how far the runs are in plain lines."""

    def __init__(self, console: Console, total: int) -> None:
        """Start at none."""
        self.console = console
        self.total = total
        self.done = 0

    def step(self) -> None:
        """Count one run; print a line when a tenth is complete."""
        before, self.done = self.done, self.done + 1
        if self.done * STEPS // self.total > before * STEPS // self.total:
            self.console.print(f"{self.done} of {self.total} runs", highlight=False)
