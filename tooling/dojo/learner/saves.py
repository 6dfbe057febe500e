"""When a file was saved: one event a save, however the editor writes."""

import ast
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

import watchfiles

# An editor's events of one save come at once; what comes later is a save of its own.
QUIET_MS = 2
# Half a file is given this long to become a whole one, before it counts as a syntax error.
PATIENCE_MS = 100

Stamp = tuple[int, ...]


class Saves:
    """Watches a folder in a thread of its own, and calls back once a save."""

    def __init__(self, folder: Path, saved: Callable[[Path], None]) -> None:
        """Watch a folder for saves of Python files; `saved` is called in the watching thread."""
        self.folder = folder
        self.saved = saved
        self.stopped = Event()
        self.thread = Thread(target=self.watch, daemon=True)

    def __enter__(self) -> "Saves":
        """Begin to watch."""
        self.thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop watching, and wait until the thread has ended."""
        self.stopped.set()
        self.thread.join()

    def watch(self) -> None:
        """Call back for every file that was saved, half a file excepted."""
        unfinished: set[Path] = set()
        told: dict[Path, Stamp] = {}
        for changes in self.events():
            changed = {Path(path) for _, path in changes if path.endswith(".py")}
            # An event that comes late belongs to a save that was told of already.
            waiting = {p for p in unfinished | changed if told.get(p) != stamp(p)}
            # After a quiet while a file that does not parse is a syntax error, not half a file.
            ready = waiting if not changes else {p for p in waiting if is_whole(p)}
            # What is gone when another file is whole was written first and then renamed to it.
            unfinished = {p for p in waiting - ready if not ready or p.exists()}
            for path in sorted(ready):
                told[path] = stamp(path)
                self.saved(path)

    def events(self) -> Iterable[set[tuple[watchfiles.Change, str]]]:
        """Yield what changed, and an empty set after a quiet while."""
        return watchfiles.watch(
            self.folder,
            debounce=50,
            step=QUIET_MS,
            rust_timeout=PATIENCE_MS,
            yield_on_timeout=True,
            stop_event=self.stopped,
            raise_interrupt=False,
        )


def stamp(path: Path) -> Stamp:
    """Return what changes with every save of a file; nothing for a file that is gone."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns


def is_whole(path: Path) -> bool:
    """Tell whether a file can be read as a Python program: not empty, not cut in the middle."""
    try:
        source = path.read_bytes()
        ast.parse(source)
    except (OSError, SyntaxError, ValueError):
        return False
    return bool(source.strip())
