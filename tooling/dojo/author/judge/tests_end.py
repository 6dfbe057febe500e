"""The tests' end of the wire to one worker.

Nothing that comes is trusted: see `proxy.py`, which lets a worker go that makes no sense.
"""

import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import Any, NoReturn

from dojo import limits
from dojo.author.judge.peer import Peer
from dojo.author.judge.promise import Promise
from dojo.author.judge.remote import Remote
from dojo.author.judge.types import exceptions
from dojo.author.judge.types.databases import check_file
from dojo.author.judge.wire import Call, Raised, Returned, Wire, WireError
from dojo.child.arguments import Terms
from dojo.child.cost import Counted

UNSENT = f"{WireError.__module__}.{WireError.__qualname__}"


class Tests(Peer):
    """The tests' end of the wire to one worker."""

    def __init__(
        self,
        wire: Wire,
        root: Path,
        classes: dict[str, type],
        terms: dict[str, Terms],
        files: frozenset[str],
        promises: Mapping[int | str, Promise] | None = None,
    ) -> None:
        """Talk to a worker that executed `files`; tests keep their own files under `root`.

        `terms` and `promises` are what the stub's functions and classes say, by name.
        """
        super().__init__(wire, Remote(root, classes, self.use_lent, False, promises))
        self.terms = terms
        self.guard: Callable[[Tests], AbstractContextManager[object]] = nullcontext
        self.files = files
        self.counted: Counted | None = None
        self.meter = ""
        self.depth = 0
        self.torn = False
        self.raised: BaseException | None = None
        self.own = 0
        self.failure: BaseException | None = None

    def use(
        self, target: int | str, verb: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Have the worker do something, perhaps within something else."""
        self.depth += 1
        try:
            return super().use(target, verb, args, kwargs)
        finally:
            self.depth -= 1

    def attend(self, number: int) -> Returned | Raised:
        """Wait for the reply; note if it was not waited for until it was there."""
        try:
            return super().attend(number)
        except BaseException:
            self.torn = True
            raise

    def is_in_step(self) -> bool:
        """Tell whether the next reply will be the one to the next call."""
        return not self.torn and (self.depth > 0 or self.wire.is_silent())

    def prepare(self, call: Call) -> Call:
        """Send the files along, and ask for figures where a test wants them."""
        call.meter = self.meter
        if self.remote.folder is not None:
            call.tree = self.remote.folder.changes()
        return call

    def receive(self, reply: Returned | Raised) -> None:
        """Take in what was printed, written and measured."""
        print_again(reply.printed)
        if reply.tree is not None and self.remote.folder is not None:
            for file in reply.tree.changed:
                check_file(file.content)
            self.remote.folder.apply(reply.tree)
        if isinstance(reply, Returned) and self.counted is not None:
            self.counted.steps += max(0, reply.steps)
            self.counted.peak_bytes = max(self.counted.peak_bytes, reply.peak_bytes)

    def use_lent(
        self, target: int | str, verb: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Use what the worker lent; it may be gone by now."""
        with self.guard(self):
            return self.use(target, verb, args, kwargs)

    def describe(self, error: BaseException) -> Raised:
        """Put what a callback of the test's raised into a message, and keep it."""
        raised = exceptions.describe(error, self.codec, ())
        self.raised, self.own = error, self.own + 1
        raised.own = self.own
        return raised

    def fail(self, reply: Raised, target: int | str, verb: str) -> NoReturn:
        """Raise what the learner's code raised, if a test may expect it.

        WireError where the worker says that it could not send its answer.
        """
        if reply.names[:1] == [UNSENT]:
            raise WireError(exceptions.short(reply.message))
        if reply.spoilt is None:
            self.failure = self.raised_there(reply, verb)
            raise self.failure
        terms = self.terms.get(str(target), Terms())
        self.failure = exceptions.changed(reply.spoilt, target, terms, self.files)
        raise self.failure from (self.raised_there(reply, verb) if reply.names else None)

    def raised_there(self, reply: Raised, verb: str) -> BaseException:
        """Return what the learner's code raised: an exception of the test's own, or a new one."""
        if reply.own and reply.own == self.own and isinstance(self.raised, Exception):
            return exceptions.with_place(self.raised, reply, self.files)
        return exceptions.rebuild(reply, self.codec, self.remote.classes, self.files, verb)


def print_again(text: str) -> None:
    """Print here what was printed there; what no longer fits is a flood, which its size tells."""
    with suppress(OSError):
        sys.stdout.write(text[: limits.MESSAGE_PRINTED_CHARACTERS])
