"""`watch`: a verdict at every save."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from traceback import extract_tb

from rich.console import Console

from dojo.errors import UsageError
from dojo.kata.catalog import Kata
from dojo.learner import skip
from dojo.learner.watch import panel, saves
from dojo.learner.watch.interactive import Interactive
from dojo.learner.watch.keys import keys
from dojo.learner.watch.listener import Listener
from dojo.learner.watch.saves import Saved
from dojo.learner.watch.screen import Screen
from dojo.learner.watch.signals import ALL, ENDS, exit_code, signals
from dojo.learner.watch.tester import Judged, Tester
from dojo.learner.watch.watched import Event, Failed, Noticed, Pressed, Signalled, Watched
from dojo.show import report

Events = SimpleQueue[Event]


@dataclass(frozen=True)
class Options:
    """How to watch: by looking again and again instead of being told; a kata that was named."""

    poll: bool = False
    named: bool = False


def watch(root: Path, kata: Kata, console: Console, options: Options) -> int:
    """Watch a kata until `q` or a signal: on a screen, or line by line where there is none."""
    try:
        with ExitStack() as stack:
            events: Events = SimpleQueue()
            stack.enter_context(threads(lambda error: events.put(Failed(error))))
            watched = begin(stack, events, root, kata, options)
            on_screen = console.is_terminal and not console.is_dumb_terminal and sys.stdin.isatty()
            ended = (steer if on_screen else follow)(watched, events, console)
    except (UsageError, BrokenPipeError):
        raise
    except Exception as error:
        raise UsageError(fault(error)) from error
    if ended == "SIGINT":
        raise KeyboardInterrupt
    return exit_code(ended) if ended else 0


def begin(stack: ExitStack, events: Events, root: Path, kata: Kata, options: Options) -> Watched:
    """Start the threads that test and that look for saves, and the first run."""
    tester = stack.enter_context(Tester(kata, events.put))
    listener = Listener(
        root / "katas",
        lambda path: events.put(Saved(path, time.monotonic())),
        lambda text: events.put(Noticed(text)),
        options.poll,
    )
    stack.enter_context(listener)
    watched = Watched(root, kata, tester)
    watched.turn_to(kata)
    if options.named and (unsaved := skip.take_up(root, kata)):
        events.put(Noticed(unsaved))
    return watched


def steer(watched: Watched, events: Events, console: Console) -> str:
    """Watch on a screen; return the signal that ended it. The last line says what is next."""
    screen = Screen(console)
    with ExitStack() as stack:
        stack.enter_context(signals(ALL, lambda name: events.put(Signalled(name))))
        stack.callback(screen.release)
        screen.take()
        gone = Signalled("SIGHUP")
        stack.enter_context(keys(lambda key: events.put(Pressed(key)), lambda: events.put(gone)))
        try:
            ended = Interactive(watched, screen).run(events)
        except OSError:
            if sys.stdin.isatty():
                raise
            ended = "SIGHUP"  # the terminal is gone, which nobody has told yet
    if ended != "SIGHUP":
        console.print(panel.standing(watched), highlight=False, soft_wrap=True)
    return ended


def follow(watched: Watched, events: Events, console: Console) -> str:
    """Print a verdict per save until a signal ends it; return which."""
    with signals(ENDS, lambda name: events.put(Signalled(name))):
        while True:
            event = events.get()
            if isinstance(event, Signalled):
                return event.name
            if isinstance(event, Failed):
                raise event.error
            if isinstance(event, Saved):
                saves.follow(watched, event)
            elif isinstance(event, Noticed):
                console.print(event.text, highlight=False, soft_wrap=True)
            elif isinstance(event, Judged) and watched.on_judged(event):
                unsaved = watched.keep()
                report.put(console, panel.lines(watched, keys=False))
                if unsaved:
                    console.print(unsaved, highlight=False, soft_wrap=True)


@contextmanager
def threads(failed: Callable[[BaseException], None]) -> Iterator[None]:
    """Call back with the error that ends a thread, while the block runs: nobody else would."""
    before = threading.excepthook
    threading.excepthook = lambda args: failed(args.exc_value or SystemError(str(args.exc_type)))
    try:
        yield
    finally:
        threading.excepthook = before


def fault(error: Exception) -> str:
    """Say in a sentence that the watcher itself is at fault, and where."""
    place = extract_tb(error.__traceback__)[-1]
    said = f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}: {error}"
    return f"watch has ended by a fault of its own ({said}); start it again, and report it."
