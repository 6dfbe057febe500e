"""When a file was saved: one event a save, however the editor writes."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

import watchfiles

from dojo.kata.source import parsed

# An editor's events of one save come at once; what comes later is a save of its own.
QUIET_MS = 2
# Half a file is given this long to become a whole one, before it counts as a syntax error.
PATIENCE_MS = 100
# On these another machine may write, of which the system hears nothing.
REMOTE = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "drvfs", "vboxsf", "prl_fs", "fuse.sshfs")

Stamp = tuple[int, ...]


class Listener:
    """Watches a folder in a thread of its own, and calls back once a save.

    The system tells of saves. Where it may not tell of all, as on a folder of another machine, or
    where `look` asks for it, the thread looks for itself too, ten times a second; and where the
    system cannot tell at all, nothing but that is left. `told` is called with a sentence that says
    so.
    """

    def __init__(
        self,
        folder: Path,
        saved: Callable[[Path], None],
        told: Callable[[str], None],
        look: bool = False,
    ) -> None:
        """Watch a folder for saves of Python files; callbacks come from the watching thread."""
        self.folder = folder
        self.saved = saved
        self.told = told
        self.look = look
        self.stamps: dict[Path, Stamp] = {}
        self.stopped = Event()
        self.thread = Thread(target=self.watch, daemon=True)

    def __enter__(self) -> "Listener":
        """Begin to watch: what is saved from now on is noticed."""
        self.stamps = stamps(self.folder)
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
        """Watch as the system allows it."""
        kind = file_system(self.folder)
        if self.look or kind in REMOTE:
            self.look = True
            self.say(f"this folder is on {kind}" if kind in REMOTE else "as --poll asks")
        self.report(self.events())

    def say(self, reason: str) -> None:
        """Say that saves are looked for."""
        self.told(f"Looking for saves ten times a second: {reason}.")

    def report(self, events: Iterable[set[Path]]) -> None:
        """Call back for every file that was saved, half a file excepted."""
        unfinished: set[Path] = set()
        told: dict[Path, Stamp] = {}
        for changes in events:
            changed = {path for path in changes if path.suffix == ".py"}
            # An event that comes late belongs to a save that was told of already.
            waiting = {p for p in unfinished | changed if told.get(p) != stamp(p)}
            # After a quiet while a file that does not parse is a syntax error, not half a file.
            ready = waiting if not changes else {p for p in waiting if is_whole(p)}
            # What is gone when another file is whole was written first and then renamed to it.
            unfinished = {p for p in waiting - ready if not ready or p.exists()}
            for path in sorted(ready):
                told[path] = stamp(path)
                self.saved(path)

    def events(self) -> Iterator[set[Path]]:
        """Yield what changed, and an empty set after a quiet while."""
        # Until the system begins to tell, a moment passes: the first look is for what it missed.
        look = True
        try:
            for changes in self.notified():
                if changes or not look:
                    yield {Path(path) for _, path in changes}
                else:
                    look = self.look
                    yield self.seen()
        except (OSError, RuntimeError) as error:
            self.say(f"the system tells of none ({error})")
            while not self.stopped.wait(PATIENCE_MS / 1000):
                yield self.seen()

    def notified(self) -> Iterable[set[tuple[watchfiles.Change, str]]]:
        """Yield what the system tells of."""
        return watchfiles.watch(
            self.folder,
            debounce=50,
            step=QUIET_MS,
            rust_timeout=PATIENCE_MS,
            yield_on_timeout=True,
            stop_event=self.stopped,
            raise_interrupt=False,
            force_polling=False,
        )

    def seen(self) -> set[Path]:
        """Return the files that are not what they were at the last look."""
        before, self.stamps = self.stamps, stamps(self.folder)
        return {path for path, _ in before.items() ^ self.stamps.items()}


def stamps(folder: Path) -> dict[Path, Stamp]:
    """Return the stamps of all Python files below a folder."""
    found = (Path(inside, name) for inside, _, names in os.walk(folder) for name in names)
    return {path: stamp(path) for path in found if path.suffix == ".py"}


def file_system(folder: Path) -> str:
    """Return the kind of file system that holds a folder, as Linux names it; nothing elsewhere."""
    if sys.platform != "linux":
        return ""
    mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    return kind_of(folder.resolve(), mounts)


def kind_of(folder: Path, mounts: str) -> str:
    """Find the mount that a folder belongs to, in what Linux says of all mounts."""
    found: list[tuple[int, str]] = [(0, "")]
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        point = Path(before.split()[4].encode().decode("unicode_escape"))
        if folder.is_relative_to(point):
            found.append((len(point.parts), after.split()[0]))
    return max(found, key=lambda mount: mount[0])[1]


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
    except OSError:
        return False
    return bool(source.strip()) and parsed(source) is not None
