"""Stand-ins that are given out before the learner's file has been executed.

A warm process collects a kata's tests once and forks a run per request. The tests then hold what
the stub defines; in the fork, each of these is replaced by the learner's.
"""

import functools
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import FrameType, FunctionType, GenericAlias, ModuleType, UnionType
from typing import Any


class Late:
    """The stand-in of one learner's module, bound when the learner's file is executed."""

    def __init__(self, module: ModuleType, defined: Mapping[str, Any]) -> None:
        """Fill a stand-in with the functions and classes that the stub defines."""
        self.module = module
        self.given = {
            name: forwarding(value) if isinstance(value, FunctionType) else value
            for name, value in defined.items()
        }
        vars(module).update(self.given)
        self.classes = tuple(v for v in self.given.values() if isinstance(v, type))
        self.known = list(self.holders())

    def holders(self) -> Iterator[object]:
        """Yield what refers to a class that was given out."""
        found = gc.get_referrers(*self.classes) if self.classes else ()
        yield from (holder for holder in found if not isinstance(holder, FrameType))

    def is_held(self, modules: Iterable[ModuleType]) -> bool:
        """Tell whether something else than the globals of some modules holds a class.

        An instance of it, made when the tests were collected, would keep the stub's class.
        """
        fine = {id(holder) for holder in self.known} | {id(vars(module)) for module in modules}
        return any(id(r) not in fine and not is_annotation(r) for r in self.holders())

    def bind(self, real: ModuleType, modules: Iterable[ModuleType]) -> None:
        """Replace what was given out, in the globals of some modules, by what there really is."""
        names = {id(value): name for name, value in self.given.items()}
        for name, value in self.given.items():
            if isinstance(value, FunctionType):
                vars(value)["target"] = getattr(real, name)
        for module in modules:
            for name, value in list(vars(module).items()):
                if id(value) in names:
                    setattr(module, name, getattr(real, names[id(value)]))
        for name, value in vars(real).items():
            if not name.startswith("__"):
                setattr(self.module, name, value)


def is_annotation(holder: object) -> bool:
    """Tell whether a holder belongs to an annotation: nothing is computed with that."""
    return any(
        isinstance(by, GenericAlias | UnionType)
        or (
            isinstance(by, FunctionType)
            and all(holder is not x for x in (by.__defaults__, by.__kwdefaults__, vars(by)))
        )
        for by in gc.get_referrers(holder)
    )


def forwarding(stub: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that is the learner's once that is known, for who has kept it."""

    @functools.wraps(stub)
    def forward(*args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        return vars(forward)["target"](*args, **kwargs)

    return forward
