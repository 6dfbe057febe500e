"""What type a stub promises, and the sentence for a result that is something else."""

import dataclasses
import functools
import inspect
import types
import typing
from collections.abc import Callable
from typing import Any

from dojo.child.size import uncheckable
from dojo.show.values import show


class ContractError(AssertionError):
    """A result has not the type that the stub's annotation promises, or cannot be checked."""

    def __init__(self, sentence: str, found: str = "") -> None:
        """Say in a sentence what is wrong with what was `found`."""
        super().__init__(sentence, found)
        self.found = found if isinstance(found, str) else ""

    def __str__(self) -> str:
        """Return the sentence."""
        return str(self.args[0])


def promise(stub: Callable[..., Any]) -> Any:
    """Return the type that a stub's annotation promises, or Any where it has none."""
    return typing.get_type_hints(stub).get("return", Any)


def check(name: str, result: object, promised: Any) -> None:
    """Raise ContractError, in a sentence, where a result is not of the promised type."""
    __tracebackhide__ = True
    if result is None and not fits(None, promised):
        raise ContractError(
            f"{name} returned None; the stub promises {describe(promised)}. Is a return missing?",
            "None",
        )
    wrong = misfit(result, promised)
    if inspect.iscoroutine(result) and wrong:
        result.close()  # else Python prints, at some time, that nobody has waited for it
        wrong = "a coroutine, as async functions do"
    if wrong:
        promise = f"the stub promises {describe(promised)}"
        raise ContractError(f"{name} returned {wrong}; {promise}.", wrong)
    if wrong := uncheckable(result):
        raise ContractError(f"{name} returned {wrong}; such an answer is not checked.", wrong)


def fits(value: object, promised: Any) -> bool:
    """Tell whether a value is of a promised type."""
    return not misfit(value, promised)


def misfit(value: object, promised: Any) -> str:
    """Describe the first part of a value that is not of the promised type, or return ''."""
    origin, inner = typing.get_origin(promised), typing.get_args(promised)
    if promised is Any:
        return ""
    if origin in (typing.Union, types.UnionType):
        return "" if any(fits(value, p) for p in inner) else describe_value(value)
    if origin is typing.Literal:
        named = any(type(value) is type(p) and value == p for p in inner)
        return "" if named else describe_value(value)
    kind = origin or promised
    if not isinstance(kind, type):
        return ""
    if kind.__module__.startswith("katas."):
        same = type(value).__qualname__ == kind.__qualname__
        if same and isinstance(value, tuple) and dataclasses.is_dataclass(kind):
            return "a named tuple"
        return misfit_of_fields(value, kind) if same else describe_value(value)
    if not isinstance(value, accepted(kind)) or (isinstance(value, bool) and kind in (int, float)):
        return describe_value(value)
    return misfit_inside(value, kind, inner)


def misfit_of_fields(value: object, kind: type) -> str:
    """Describe the first field of a dataclass that is not of the promised type, or return ''."""
    for name, promised in promised_fields(kind).items():
        if not hasattr(value, name):
            return f"{article(kind.__name__)} without {name}"
        if wrong := misfit(getattr(value, name), promised):
            return f"{article(kind.__name__)} whose {name} is {wrong}"
    return ""


@functools.cache
def promised_fields(kind: type) -> dict[str, Any]:
    """Return the types of a dataclass's fields; none for any other class."""
    return typing.get_type_hints(kind) if dataclasses.is_dataclass(kind) else {}


def misfit_inside(value: Any, kind: type, inner: tuple[Any, ...]) -> str:
    """Describe the first element of a container that is not of the promised type, or return ''."""
    if holds_arrays(value):
        return f"{article(kind.__name__)} that holds arrays"
    if kind is tuple and inner and inner[-1] is not Ellipsis:
        if len(value) != len(inner):
            return f"a tuple of {len(value)}"
        parts = list(zip(value, inner, strict=True))
    elif kind in (list, tuple) and inner:
        parts = [(v, inner[0]) for v in value]
    elif kind is dict and inner:
        parts = [(k, inner[0]) for k in value] + [(v, inner[1]) for v in value.values()]
    else:
        return ""
    wrong = next((m for v, p in parts if (m := misfit(v, p))), "")
    return f"a {kind.__name__} that holds {wrong}" if wrong else ""


def holds_arrays(value: Any) -> bool:
    """Tell whether a cell of an array, a column or a table is itself an array.

    Compared with a number, an empty one passes for equal.
    """
    if hasattr(value, "columns"):
        return any(holds_arrays(value.iloc[:, number]) for number in range(value.shape[1]))
    if not getattr(getattr(value, "dtype", None), "hasobject", False):
        return False
    return any(getattr(cell, "ndim", 0) > 0 for cell in getattr(value, "flat", value))


def accepted(kind: type) -> tuple[type, ...]:
    """List the types that pass for a promised one: numpy's numbers are numbers."""
    import numpy as np

    wider: dict[type, tuple[type, ...]] = {
        int: (int, np.integer),
        float: (float, int, np.floating, np.integer),
        bool: (bool, np.bool_),
    }
    return wider.get(kind, (kind,))


def describe(promised: Any) -> str:
    """Name a promised type as the stub writes it."""
    origin, inner = typing.get_origin(promised), typing.get_args(promised)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(describe(p) for p in inner)
    if promised is type(None):
        return "None"
    if inner and origin is not typing.Literal:
        return f"{article(origin.__name__)}[{', '.join(bare(p) for p in inner)}]"
    return article(promised.__name__) if isinstance(promised, type) else str(promised)


def bare(promised: Any) -> str:
    """Name a type inside brackets, without an article."""
    if promised is Ellipsis:
        return "..."
    return describe(promised).removeprefix("an ").removeprefix("a ")


def describe_value(value: object) -> str:
    """Name a value's type, and the value where it is short."""
    text = show(value)
    name = type(value).__name__
    if dataclasses.is_dataclass(value) or len(text) > 40 or "\n" in text or text.startswith("<"):
        return article(name)
    return f"{article(name)}, {text}" if value is not None else "None"


def article(name: str) -> str:
    """Put the right article before a type's name."""
    return f"{'an' if name == 'ndarray' or name[0] in 'aeiouAEIOU' else 'a'} {name}"
