"""What a learner's function may do with its arguments: read them.

The function gets copies, so that nothing it does reaches the test's own objects, and a copy that it
changed is an error of its own. Passed as they are: an rng, paths, connections, iterators,
functions, objects of a stub's classes, and what a stub declares as changed, by
`values: Annotated[list[float], "in place"]`.
"""

import inspect
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dojo.child.copies import copied, same
from dojo.child.cost import aside

IN_PLACE = "in place"


class Changed(Exception):
    """A learner's function changed an argument; the cause is what it raised besides, if anything.

    `defined` is file:line of the function.
    """

    def __init__(self, function: str, argument: str, defined: str = "") -> None:
        """Say which function changed what."""
        super().__init__(f"{function} changed its argument {argument}; work on a copy.")
        self.argument = argument
        self.defined = defined


@dataclass(frozen=True)
class Terms:
    """What a stub says of a function's parameters: their names, and which are changed in place."""

    parameters: tuple[str, ...] = ()
    in_place: frozenset[str] = frozenset()

    @classmethod
    def of(cls, stub: Callable[..., Any]) -> "Terms":
        """Read a stub's signature and its annotations."""
        hints = typing.get_type_hints(stub, include_extras=True).items()
        marked = {name for name, hint in hints if IN_PLACE in getattr(hint, "__metadata__", ())}
        return cls(tuple(inspect.signature(stub).parameters), frozenset(marked))

    def named(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Yield each argument of a call under its parameter's name."""
        for place, value in enumerate(args):
            known = place < len(self.parameters)
            yield self.parameters[place] if known else f"arg{place}", value
        yield from kwargs.items()


def guarded(
    function: Callable[..., Any], stub: Callable[..., Any], defined: str = ""
) -> Callable[..., Any]:
    """Return a learner's function that works on copies, and raises Changed where it changed one.

    The copies are no part of what `cost` measures.
    """
    terms = Terms.of(stub)

    def call(*args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        named = list(terms.named(args, kwargs))
        with aside():
            given = [v if name in terms.in_place else copied(v) for name, v in named]
        n = len(args)
        try:
            result = function(*given[:n], **dict(zip(kwargs, given[n:], strict=True)))
        except Exception as error:
            if changed := first_changed(named, given):
                raise Changed(stub.__name__, changed, defined) from error
            raise
        if changed := first_changed(named, given):
            raise Changed(stub.__name__, changed, defined)
        return result

    return call


def first_changed(named: list[tuple[str, Any]], given: list[Any]) -> str:
    """Name the first argument whose copy is not what it was, or return ''; let the copies go."""
    with aside():
        pairs = zip(named, given, strict=True)
        changed = next((name for (name, value), own in pairs if not same(value, own)), "")
        del pairs
        given.clear()
    return changed
