"""Annotations of every kind, none of them evaluated."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Generic, Literal, ParamSpec, TypeVar, overload

if TYPE_CHECKING:
    import numpy as np
    from nowhere import Nothing

T = TypeVar("T")
P = ParamSpec("P")


class Box(Generic[T]):
    """A box."""

    def __init__(self, content: T) -> None:
        """Fill it."""
        self.content = content


def same(function: Callable[P, T]) -> Callable[P, T]:
    """Return a function as it is."""
    return function


@overload
def mean(x: list[float]) -> float: ...
@overload
def mean(x: np.ndarray) -> float: ...
def mean(x):
    """Return the mean."""
    return sum(x) / len(x) if isinstance(x, list) else x.mean()


@same
def center(x: Annotated[np.ndarray, "of floats"]) -> np.ndarray | Nothing:
    """Return the values minus their mean."""
    how: Literal["mean"] = "mean"
    if not len(x):
        raise ValueError("x is empty")
    return Box(x - mean(x)).content if how else None
