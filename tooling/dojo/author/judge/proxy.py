"""The tests' end: a learner's module whose functions run in a worker.

Nothing that a worker sends is trusted. A reply that is missing or makes no sense fails the test
that waits for it; the next test gets a fresh worker. So it does where a worker said more than it
was asked, or where a test left in the middle of an exchange: the next reply would be another's.
What goes wrong on this side of the wire is a fault: no learner's code runs here.
"""

import json
import socket
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import is_dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from dojo.author.judge.borrowed import borrowed_class
from dojo.author.judge.promise import Promise, of_names
from dojo.author.judge.sandbox import call_worker
from dojo.author.judge.tests_end import Tests, print_again
from dojo.author.judge.types import exceptions
from dojo.author.judge.wire import Closed, Code, Load, Loaded, Wire, WireError
from dojo.child.arguments import Terms
from dojo.child.beside import beside
from dojo.child.cost import Counted, Meter
from dojo.child.execution import Answers, defined_in, function_names
from dojo.child.explain import refuse_import
from dojo.child.plugin import Learned
from dojo.child.recorder import Refusal
from dojo.errors import UsageError
from dojo.kata.catalog import Kata
from dojo.run.blame import how
from dojo.show.values import text_of

GONE = "The sandbox ended in the middle of a run."


class Proxy:
    """A learner's module in a worker, and the next worker when one dies."""

    def __init__(self, control: socket.socket, root: Path, learned: Learned) -> None:
        """Ask for workers on a control socket; `root` is where the tests' files lie.

        `learned` is told of faults, which are no learner's failure, and of workers that are lost.
        """
        self.learned = learned
        self.recorder = learned.recorder
        self.control = control
        self.root = root
        self.load: Load | None = None
        self.classes: dict[str, type] = {}
        self.terms: dict[str, Terms] = {}
        self.promises: dict[int | str, Promise] = {}
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
        names = function_names(stub)
        own = {n: kind for n, kind in defined_in(stub).items() if n not in names}
        remote = self.remote_classes(own)
        self.classes = own | remote
        self.terms = {name: Terms.of(getattr(stub, name)) for name in names}
        self.promises = of_names(defined_in(stub))
        try:
            codes = [read(file) for file in files]
        except OSError as error:
            return Answers(dict.fromkeys(names, refuse_import(error, str(files[-1]))))
        pristine, forbid = read(kata.pristine), list(kata.facts.forbid)
        self.load = Load(kata.name, kata.module, pristine, codes, forbid, beside(kata))
        try:
            refused = self.start().refused
        except Exception as error:
            refusal = self.give_up(f"Importing {files[-1].name}", error)
            return Answers(dict.fromkeys(names, refusal))
        known = frozenset(code.path for code in self.load.files)
        answers: dict[str, Callable[..., Any] | Refusal] = {}
        for name in names:
            why = refused.get(name)
            answers[name] = exceptions.refusal(why, known) if why else partial(self.call, name)
        return Answers(answers, remote)

    def start(self) -> Loaded:
        """Start over with a fresh worker."""
        assert self.load is not None
        wire = self.wire or self.connect()
        wire.send(self.load)
        loaded = wire.receive(Loaded)
        print_again(loaded.printed)
        files = frozenset(code.path for code in self.load.files)
        self.tests = Tests(wire, self.root, self.classes, self.terms, files, self.promises)
        self.tests.guard = self.guard_lent
        return loaded

    def remote_classes(self, own: dict[str, type]) -> dict[str, type]:
        """Stand in for classes whose objects stay in the worker: no dataclasses, no exceptions."""
        return {
            name: borrowed_class(
                lambda target, verb, args, kwargs: self.call(target, *args, **kwargs), name
            )
            for name, kind in own.items()
            if not is_dataclass(kind) and not issubclass(kind, BaseException)
        }

    def call(self, name: int | str, /, *args: Any, **kwargs: Any) -> Any:
        """Call a function of the learner's."""
        with self.guarded(str(name)):
            return self.running().use(name, "call", args, kwargs)

    def running(self) -> Tests:
        """Return the end of the wire to a worker that runs, and that can be understood."""
        if self.tests is not None and not self.tests.is_in_step():
            self.lose()
        if self.tests is None:
            self.start()
        assert self.tests is not None
        return self.tests

    @contextmanager
    def guarded(self, what: str) -> Iterator[None]:
        """Let a worker go that dies or makes no sense; this test can say nothing more."""
        if self.recorder.broken is not None:
            raise self.recorder.broken
        try:
            yield
        except Exception as error:
            if self.tests is not None and error is self.tests.failure:
                raise
            if self.recorder.broken is None:
                self.recorder.broken = self.give_up(what, error)
            raise self.recorder.broken from None

    @contextmanager
    def guard_lent(self, tests: Tests) -> Iterator[None]:
        """Guard the use of something that a worker lent to a test."""
        last = next(iter(reversed(self.recorder.last)), None)
        with self.guarded(last.name if last else "The learner's file"):
            if tests is not self.tests:
                raise WireError("it belongs to a process that has ended")
            yield

    def give_up(self, what: str, error: Exception) -> Refusal:
        """Say why there is no answer; let a worker go that died or makes no sense."""
        if isinstance(error, Closed):
            return self.bury(what)
        if isinstance(error, WireError | MemoryError | RecursionError):
            self.lose()
            why = str(error) if isinstance(error, WireError) else f"a {type(error).__name__}"
            return Refusal("error", f"{what} gave an answer that cannot be checked: {why}.")
        return self.fault(str(error) if isinstance(error, UsageError) else failure_of(what, error))

    def bury(self, what: str) -> Refusal:
        """Say how a worker died; where nobody can say so, its sandbox did too."""
        assert self.life is not None
        code = self.life.recv(100)
        self.lose()
        if not code:
            return self.fault(GONE)
        return Refusal("crashed", f"{what} {how('crashed', int(json.loads(code)), 0)}.")

    def fault(self, text: str) -> Refusal:
        """Tell of a failure that is not the learner's; it ends the run."""
        self.learned.config.hook.pytest_learned_fault(text=text)
        return Refusal("error", text)

    def lose(self) -> None:
        """Let a worker go that cannot be used any more; a function may cost only so many."""
        self.let_go()
        self.learned.config.hook.pytest_learned_broken()

    def let_go(self) -> None:
        """Let the worker go, whatever it does; its end is the zygote's business."""
        for end in (self.wire, self.life):
            if end is not None:
                end.close()
        self.tests = self.life = self.wire = None

    @contextmanager
    def measuring(self, *, steps: bool) -> Iterator[Counted]:
        """Have the worker report what its calls cost."""
        counted = Counted()
        if self.load is None:
            yield counted
            return
        with self.guarded("Importing the file"):
            tests = self.running()
        around = tests.counted, tests.meter
        tests.counted, tests.meter = counted, "steps" if steps else "bytes"
        try:
            yield counted
        finally:
            tests.counted, tests.meter = around


class RemoteMeter(Meter):
    """Measures calls that run in a worker: the figures are the worker's own report."""

    def __init__(self, proxy: Proxy) -> None:
        """Ask the worker behind a proxy."""
        super().__init__(frozenset())
        self.measuring = proxy.measuring  # type: ignore[method-assign]


def read(path: Path) -> Code:
    """Read a file that is to be executed elsewhere."""
    return Code(str(path), path.read_bytes())


def failure_of(what: str, error: Exception) -> str:
    """Name an error of this side's own, and where it was raised."""
    spot = traceback.extract_tb(error.__traceback__)[-1]
    name = f"{type(error).__name__} in {Path(spot.filename).name}:{spot.lineno}"
    return f"The judge failed while it handled {what}: {name}: {text_of(error)}"
