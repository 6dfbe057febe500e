"""The tests' end: a learner's module whose functions run in a worker.

Nothing that a worker sends is trusted. A reply that is missing or makes no sense fails the test
that waits for it; the next test gets a fresh worker.
"""

import json
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from dojo.calls import Recorder, Refusal
from dojo.catalog import Kata
from dojo.cost import Counted, Meter
from dojo.death import how
from dojo.judge import exceptions
from dojo.judge.estate import Estate, borrowed_class
from dojo.judge.peer import Peer
from dojo.judge.sandbox import call_worker
from dojo.judge.wire import (
    MAX_PRINTED,
    Call,
    Closed,
    Code,
    Load,
    Loaded,
    Raised,
    Returned,
    Wire,
    WireError,
)
from dojo.seam import Answers, function_names, is_defined_in


class Tests(Peer):
    """The tests' end of the wire to one worker."""

    def __init__(self, wire: Wire, root: Path, classes: dict[str, type], files: frozenset[str]):
        """Talk to a worker that executed `files`; tests keep their own files under `root`."""
        super().__init__(wire, Estate(root, classes, self.use, lends_objects=False))
        self.files = files
        self.counted: Counted | None = None
        self.meter = ""

    def prepare(self, call: Call) -> Call:
        """Send the files along, and ask for figures where a test wants them."""
        call.meter = self.meter
        if self.estate.folder is not None:
            call.tree = self.estate.folder.changes()
        return call

    def receive(self, reply: Returned | Raised) -> None:
        """Take in what was printed, written and measured."""
        sys.stdout.write(reply.printed[:MAX_PRINTED])
        if reply.tree is not None and self.estate.folder is not None:
            self.estate.folder.apply(reply.tree)
        if isinstance(reply, Returned) and self.counted is not None:
            self.counted.steps += max(0, reply.steps)
            self.counted.peak_bytes = max(self.counted.peak_bytes, reply.peak_bytes)

    def describe(self, error: BaseException) -> Raised:
        """Put what a callback of the test's raised into a message."""
        return exceptions.describe(error, self.codec, ())

    def fail(self, reply: Raised, verb: str) -> NoReturn:
        """Raise what the learner's code raised, if a test may expect it."""
        raise exceptions.rebuild(reply, self.codec, self.estate.classes, self.files, verb)


class Proxy:
    """A learner's module in a worker, and the next worker when one dies."""

    def __init__(self, control: socket.socket, root: Path, recorder: Recorder) -> None:
        """Ask for workers on a control socket; `root` is where the tests' files lie."""
        self.control = control
        self.root = root
        self.recorder = recorder
        self.load: Load | None = None
        self.classes: dict[str, type] = {}
        self.tests: Tests | None = None
        self.life: socket.socket | None = None
        self.wire: Wire | None = None

    def connect(self) -> Wire:
        """Get a fresh worker, and wait until it is there."""
        wire, self.life = call_worker(self.control)
        self.wire = Wire(wire)
        return self.wire

    def execute(self, kata: Kata, stub: ModuleType, files: tuple[Path, ...]) -> Answers:
        """Have the learner's files executed; this is how the seam gets its answers."""
        own = {name: kind for name, kind in vars(stub).items() if is_defined_in(stub, kind)}
        names = function_names(stub)
        self.classes = {name: kind for name, kind in own.items() if name not in names}
        self.load = Load(
            kata.module, read(kata.pristine), [read(file) for file in files], kata.facts.forbid
        )
        try:
            refused = self.start().refused
        except (Closed, WireError) as error:
            refusal = self.give_up(f"Importing {files[-1].name}", error)
            return Answers(dict.fromkeys(names, refusal))
        known = frozenset(code.path for code in self.load.files)
        answers: dict[str, Callable[..., Any] | Refusal] = {}
        for name in names:
            why = refused.get(name)
            answers[name] = exceptions.refusal(why, known) if why else partial(self.call, name)
        return Answers(answers, self.remote_classes())

    def start(self) -> Loaded:
        """Start over with a fresh worker."""
        assert self.load is not None
        wire = self.wire or self.connect()
        wire.send(self.load)
        loaded = wire.receive(Loaded)
        sys.stdout.write(loaded.printed[:MAX_PRINTED])
        files = frozenset(code.path for code in self.load.files)
        self.tests = Tests(wire, self.root, self.classes, files)
        return loaded

    def remote_classes(self) -> dict[str, type]:
        """Stand in for the classes whose objects stay in the worker: all but dataclasses."""
        return {
            name: borrowed_class(
                lambda target, verb, args, kwargs: self.call(target, *args, **kwargs), name
            )
            for name, kind in self.classes.items()
            if not hasattr(kind, "__dataclass_fields__")
        }

    def call(self, name: int | str, /, *args: Any, **kwargs: Any) -> Any:
        """Call a function of the learner's."""
        if self.recorder.broken is not None:
            raise self.recorder.broken
        try:
            if self.tests is None:
                self.start()
            assert self.tests is not None
            return self.tests.use(name, "call", args, kwargs)
        except (Closed, WireError) as error:
            self.recorder.broken = self.give_up(str(name), error)
            raise self.recorder.broken from None

    def give_up(self, what: str, error: Exception) -> Refusal:
        """Let a worker go that died or makes no sense, and say which."""
        code = self.last_words() if isinstance(error, Closed) else None
        for end in (self.wire, self.life):
            if end is not None:
                end.close()
        self.tests = self.life = self.wire = None
        if isinstance(error, Closed):
            return Refusal("crashed", f"{what} {how('crashed', code, 0)}.")
        return Refusal("error", f"{what} gave an answer that cannot be checked: {error}.")

    def last_words(self) -> int | None:
        """Return the exit code of a worker that is gone."""
        assert self.life is not None
        text = self.life.recv(100)
        return int(json.loads(text)) if text else None

    @contextmanager
    def measuring(self, *, steps: bool) -> Iterator[Counted]:
        """Have the worker report what its calls cost."""
        counted = Counted()
        if self.tests is None and self.recorder.broken is None:
            self.start()
        tests = self.tests
        if tests is None:
            yield counted
            return
        tests.counted, tests.meter = counted, "steps" if steps else "bytes"
        try:
            yield counted
        finally:
            tests.counted, tests.meter = None, ""


class RemoteMeter(Meter):
    """Measures calls that run in a worker: the figures are the worker's own report."""

    def __init__(self, proxy: Proxy) -> None:
        """Ask the worker behind a proxy."""
        super().__init__(frozenset())
        self.measuring = proxy.measuring  # type: ignore[method-assign]


def read(path: Path) -> Code:
    """Read a file that is to be executed elsewhere; what cannot be read is empty there."""
    return Code(str(path), path.read_bytes())
