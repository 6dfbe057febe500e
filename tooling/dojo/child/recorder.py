"""What the learner's functions were called with, and what came back."""

import functools
import inspect
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NoReturn

from dojo import limits
from dojo.child import contract
from dojo.child.arguments import Changed
from dojo.child.copies import copied
from dojo.child.cost import RUNNING, aside
from dojo.child.digest import digest_of
from dojo.kata.fingerprints import Digest
from dojo.show.values import on_one_line, show, told

KEPT = 3
SMALL = 200


class Refusal(Exception):
    """A learner's function cannot be run as it stands; the message is a whole sentence."""

    def __init__(self, outcome: str, sentence: str, where: str = "") -> None:
        """Say how the tests of the function end, why, and at which file:line."""
        super().__init__(sentence)
        self.outcome = outcome
        self.where = where


class Escape(Exception):
    """A learner's function tried to end the test or the process, as sys.exit() does."""


@dataclass
class Call:
    """One call of a learner's function by a test."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    parameters: tuple[str, ...] = ()
    result: Any = None
    error: BaseException | None = None

    def __str__(self) -> str:
        """Render the call on one line, and values that need more under it."""
        named = [(self.parameter(i), value, "") for i, value in enumerate(self.args)]
        named += [(key, value, f"{key}=") for key, value in self.kwargs.items()]
        inline, below = [], []
        for name, value, prefix in named:
            text = show(value)
            if on_one_line(text):
                inline.append(prefix + text)
            else:
                inline.append(prefix + name if not prefix else f"{prefix}...")
                below.append(f"where {name} =\n{indent(text)}")
        return "\n".join([f"{self.name}({', '.join(inline)}) {self.outcome()}", *below])

    def parameter(self, position: int) -> str:
        """Name a positional argument as the stub does."""
        return self.parameters[position] if position < len(self.parameters) else f"arg{position}"

    def outcome(self) -> str:
        """Render what came back."""
        if isinstance(self.error, Refusal):
            return "could not be run"
        if isinstance(self.error, Escape):
            return f"raised {self.error}"
        if isinstance(self.error, Changed):
            return f"changed {self.error.argument}"
        if isinstance(self.error, contract.ContractError):
            return f"-> {self.error.found}"
        if self.error is not None:
            text = told(self.error) if isinstance(self.error, Exception) else ""
            return f"raised {type(self.error).__name__}" + (f": {text}" if text else "")
        text = show(self.result)
        return f"-> {text}" if on_one_line(text) else f"->\n{indent(text)}"


def indent(text: str) -> str:
    """Set a block off from the lines around it."""
    return "\n".join(f"    {row}" for row in text.splitlines())


@dataclass
class Recorder:
    """The calls of the test that runs now.

    `isolated` says that Ctrl-C cannot reach this process, so that a KeyboardInterrupt is the
    learner's own. `returned` is what its calls gave back, or a digest of that. `broken` is why
    nothing more can be said of this test, whatever it goes on to do;
    `changed` is the first argument that a call of it changed: the test is not green then either.
    """

    isolated: bool = False
    last: deque[Call] = field(default_factory=lambda: deque(maxlen=KEPT))
    called: dict[str, None] = field(default_factory=dict)
    comparison: tuple[str, Any, Any] | None = None
    listeners: list[Callable[[Call], None]] = field(default_factory=list)
    returned: list[Digest | Call | None] = field(default_factory=list)
    broken: Refusal | None = None
    changed: Changed | None = None

    @property
    def refused(self) -> bool:
        """Whether the function that was called last cannot be run as it stands."""
        error = self.last[-1].error if self.last else None
        return isinstance(error, Refusal) and error is not self.broken

    def start_test(self) -> None:
        """Forget the test before."""
        self.last.clear()
        self.called.clear()
        self.returned = []
        self.comparison = None
        self.broken = None
        self.changed = None

    def wrap(self, function: Callable[..., Any], stub: Callable[..., Any]) -> Callable[..., Any]:
        """Return the learner's function as tests see it.

        It records each call, turns G9's warnings into errors, holds the result against the stub's
        annotation, and keeps SystemExit and its like from ending more than the test.
        """
        promised = contract.promise(stub)
        parameters = tuple(inspect.signature(stub).parameters)

        @functools.wraps(stub)
        def recorded(*args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            call = self.begin(stub.__name__, args, kwargs, parameters)
            try:
                with strict_warnings():
                    call.result = function(*args, **kwargs)
                contract.check(call.name, call.result, promised)
            except Changed as error:
                self.changed = self.changed or error
                call.error = error.__cause__ or error
            except BaseException as error:
                call.error = error
            self.keep(call)
            for listener in self.listeners:
                listener(call)
            if call.error is not None:
                self.leave(call.error)
            return call.result

        return recorded

    def begin(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], parameters: tuple[str, ...]
    ) -> Call:
        """Take down a call that is about to be made; that is no part of what it costs."""
        with aside():
            frozen = tuple(map(freeze, args)), {k: freeze(v) for k, v in kwargs.items()}
            call = Call(name, *frozen, parameters)
            self.last.append(call)
            self.called[name] = None
        return call

    def keep(self, call: Call) -> None:
        """Keep what came back, to be digested if the test turns red: at once where that is felt."""
        if len(self.returned) < limits.DIGESTED_CALLS:
            with aside():
                measured = bool(RUNNING)
                self.returned.append(digest_of(call.result, call.error) if measured else call)

    def has_returned(self, value: Any) -> bool:
        """Tell whether a value came back of a call of this test; small numbers are anybody's."""
        own = [found.result for found in self.returned if isinstance(found, Call)]
        known = isinstance(value, bool | str) or value is None
        small = isinstance(value, int) and -6 < value < 257
        return not (known or small) and any(value is result for result in own)

    def leave(self, error: BaseException) -> NoReturn:
        """Raise what a learner's function raised, or an Escape for what would end more."""
        __tracebackhide__ = True
        if self.escapes(error):
            raise Escape(type(error).__name__) from error
        raise error

    def escapes(self, error: BaseException) -> bool:
        """Tell whether an error would end more than a test, and comes from the learner."""
        from _pytest.outcomes import Exit, Failed

        # Exit is what leaving a debugger raises.
        if not self.isolated and isinstance(error, KeyboardInterrupt | Failed | Exit):
            return False
        return not isinstance(error, Exception) or isinstance(error, Exit)


def freeze(value: Any) -> Any:
    """Copy what is small, so that a report shows an argument as it was before the call."""
    return copied(value, SMALL)


@contextmanager
def strict_warnings() -> Iterator[None]:
    """Raise a RuntimeWarning or ChainedAssignmentError; let every other warning cost nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", RuntimeWarning)
        pandas = sys.modules.get("pandas")
        if pandas is not None and hasattr(pandas, "errors"):
            warnings.simplefilter("error", pandas.errors.ChainedAssignmentError)
        yield
