"""`watch`: a verdict at every save."""

import sys
import time
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue

from rich.console import Console

from dojo.catalog import Kata
from dojo.learner import report
from dojo.learner.interactive import Interactive
from dojo.learner.keys import keys
from dojo.learner.saves import Saves
from dojo.learner.screen import full_screen, resizing
from dojo.learner.tester import Judged, Tester
from dojo.learner.watched import Event, Pressed, Saved, Watched


def watch(root: Path, kata: Kata, console: Console) -> int:
    """Watch a kata until `q` or Ctrl-C: on a screen, or line by line without a terminal."""
    events: SimpleQueue[Event] = SimpleQueue()
    with ExitStack() as stack:
        tester = stack.enter_context(Tester(root, events.put))
        saved = lambda path: events.put(Saved(path, time.monotonic()))  # noqa: E731
        stack.enter_context(Saves(root / "katas", saved))
        watched = Watched(root, kata, tester)
        watched.start()
        if not (console.is_terminal and sys.stdin.isatty()):
            return follow(watched, events, console)
        stack.enter_context(keys(lambda key: events.put(Pressed(key))))
        stack.enter_context(resizing(lambda: events.put(Pressed(""))))
        live = stack.enter_context(full_screen(console))
        return Interactive(watched, live).run(events)


def follow(watched: Watched, events: SimpleQueue[Event], console: Console) -> int:
    """Print a verdict per save, for ever: until Ctrl-C."""
    while True:
        event = events.get()
        if isinstance(event, Saved):
            watched.on_saved(event)
        elif isinstance(event, Judged) and watched.on_judged(event):
            report.put(console, watched.lines())
            watched.go_on()
