"""The worker: the process that holds the learner's module and nothing else.

It gets arguments and returns data. Nothing here is trusted once the learner's file was executed;
what it sends is checked by `proxy.py`.
"""

import io
import linecache
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import decode_source
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, NoReturn

from dojo import limits
from dojo.author.judge.locks import lock_out
from dojo.author.judge.peer import Peer
from dojo.author.judge.remote import Remote
from dojo.author.judge.types import exceptions
from dojo.author.judge.wire import Call, Closed, Code, Load, Loaded, Raised, Refused, Returned, Wire
from dojo.child import contract
from dojo.child.alike import lay_down_rules
from dojo.child.arguments import Changed, Terms
from dojo.child.beside import keep_to_itself
from dojo.child.cost import Meter
from dojo.child.debugger import refuse_debuggers
from dojo.child.execution import Copy, answers, execute, function_names, guard, is_defined_in
from dojo.child.explain import InputAsked
from dojo.child.recorder import Refusal, strict_warnings
from dojo.child.streams import keep_open
from dojo.kata.source import why_no_source


class NobodyTypes(io.TextIOBase):
    """A standard input that answers as pytest's does."""

    def readline(self, size: int = -1) -> NoReturn:  # type: ignore[override]
        """Refuse."""
        raise InputAsked("reading from stdin: nobody types here")

    read = readline  # type: ignore[assignment]


class Worker(Peer):
    """The worker's end of the wire."""

    learners = True

    def __init__(self, wire: Wire, printed: int, root: Path) -> None:
        """Answer over a wire; `printed` is the file that stdout and stderr write to."""
        self.printed = printed
        self.files: frozenset[str] = frozenset()
        self.functions: dict[str, Any] = {}
        self.metered = (0, 0)
        super().__init__(wire, Remote(root, {}, self.use, lends_objects=True))

    def run(self) -> None:
        """Load the learner's files, then answer calls until the tests are over."""
        self.wire.send(self.load(self.hear(Load)))
        while True:
            self.answer(self.hear(Call))

    def load(self, load: Load) -> Loaded:
        """Execute the files; tell which functions cannot be run, and why."""
        keep_open()
        refuse_debuggers(load.name[: len("kata00")])
        home = self.settle()
        stub = execute(load.module, [in_folder(load.stub, home)], ())
        (home / Path(load.stub.path).name).unlink()
        self.files = frozenset(code.path for code in load.files)
        lock_out(load.forbid, [code.content for code in load.files])
        keep_to_itself(load.module, load.beside, self.files)
        lay_down_rules({})
        files = [in_folder(code, home) for code in load.files]
        try:
            learner = execute(load.name, files, load.forbid, load.module)
        except Refusal as refusal:
            why = Refused(refusal.outcome, str(refusal), refusal.where)
            return Loaded(dict.fromkeys(function_names(stub), why), self.take_printed())
        found = guard(stub, answers(stub, learner))
        self.terms = {name: Terms.of(getattr(stub, name)) for name in found}
        self.functions = {
            name: answer if isinstance(answer, Refusal) else holding(answer, getattr(stub, name))
            for name, answer in found.items()
        } | own_classes(stub, learner)
        self.remote.classes = {
            name: getattr(learner, name, kind)
            for name, kind in vars(stub).items()
            if isinstance(kind, type) and is_defined_in(stub, kind)
        }
        refused = {
            name: Refused(answer.outcome, str(answer), answer.where)
            for name, answer in self.functions.items()
            if isinstance(answer, Refusal)
        }
        return Loaded(refused, self.take_printed())

    def settle(self) -> Path:
        """Go to an empty folder, which is home; return it."""
        home = self.remote.root.parent / "home"
        home.mkdir()
        os.chdir(home)
        os.environ["HOME"] = str(home)
        sys.argv = [str(home)]
        return home

    def target(self, name: int | str) -> Any:
        """Return a function of the learner's file, or what was lent."""
        return self.functions[name] if isinstance(name, str) else super().target(name)

    def serve(self, call: Call) -> Returned | Raised:
        """Bring the files up to date around a call, and send what it printed and cost."""
        folder = None
        if call.tree is not None:
            folder = self.remote.open_folder(call.tree.folder)
            folder.apply(call.tree)
        reply = super().serve(call)
        reply.printed = self.take_printed()
        if folder is not None:
            reply.tree = folder.changes()
        if isinstance(reply, Returned):
            reply.steps, reply.peak_bytes = self.metered
        return reply

    @contextmanager
    def measured(self, call: Call) -> Iterator[None]:
        """Count the steps and bytes of a call, where that is asked for."""
        self.metered = 0, 0
        with strict_warnings():
            if not call.meter:
                yield
                return
            meter = Meter(self.files)
            with meter.measuring(steps=call.meter == "steps") as cost:
                yield
            self.metered = cost.steps, cost.peak_bytes

    def describe(self, error: BaseException) -> Raised:
        """Put an exception into a message; where the test's files lie here is nobody's business."""
        if isinstance(error, Changed):
            return exceptions.describe_changed(error, self.codec, self.files)
        raised = exceptions.describe(error, self.codec, self.files)
        raised.message = self.without_root(raised.message)
        return raised

    def without_root(self, text: str) -> str:
        """Name the test's files in a text by what both sides know of their paths."""
        return text.replace(f"{self.remote.root}/", "")

    def fail(self, reply: Raised, target: int | str, verb: str) -> NoReturn:
        """Raise here what a test's callback raised."""
        error = exceptions.rebuild(reply, self.codec, self.remote.classes, (), verb)
        setattr(error, exceptions.OWN, reply.own)
        raise error

    def take_printed(self) -> str:
        """Return what was printed since the last time."""
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):  # the disk is full, or the stream was closed
                stream.flush()
        if not os.lseek(self.printed, 0, os.SEEK_CUR):
            return ""
        text = os.pread(self.printed, limits.MESSAGE_PRINTED_CHARACTERS, 0).decode(errors="replace")
        os.ftruncate(self.printed, 0)
        os.lseek(self.printed, 0, os.SEEK_SET)
        return self.without_root(text)


def in_folder(code: Code, folder: Path) -> Copy:
    """Give a file that came as bytes a place in a folder, and its lines to whoever shows them."""
    if not why_no_source(code.content):
        lines = decode_source(code.content).splitlines(keepends=True)
        linecache.cache[code.path] = (len(code.content), None, lines, code.path)
    return Copy(code.path, lambda: code.content, folder)


def holding(function: Callable[..., Any], stub: Callable[..., Any]) -> Callable[..., Any]:
    """Have a function's results held against the stub's promise while they are what they are.

    The tests' end does so too, with what arrives.
    """
    promised = contract.promise(stub)

    def held(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        contract.check(stub.__name__, result, promised)
        return result

    return held


def own_classes(stub: ModuleType, learner: ModuleType) -> dict[str, Any]:
    """Return the learner's classes of the stub's names: tests make objects of them."""
    names = (k for k, v in vars(stub).items() if is_defined_in(stub, v))
    return {
        name: getattr(learner, name)
        for name in names
        if not isinstance(getattr(stub, name), FunctionType) and hasattr(learner, name)
    }


def work(wire: socket.socket, printed: int, root: Path) -> None:
    """Answer over a socket until its other end closes."""
    sys.stdin = NobodyTypes()
    try:
        Worker(Wire(wire), printed, root).run()
    except Closed:
        return
