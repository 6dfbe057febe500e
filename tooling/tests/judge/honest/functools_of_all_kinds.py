"""Functions that were cached, dispatched, filled in and reduced."""

import functools
import operator

import numpy as np


@functools.cache
def zero(n: int) -> float:
    """Return nothing of n."""
    return 0.0 * n


@functools.lru_cache(maxsize=2)
def one(n: int) -> float:
    """Return one, whatever n is."""
    return 1.0 + 0 * n


@functools.singledispatch
def total(x) -> float:
    """Return the sum."""
    return functools.reduce(operator.add, x)


@total.register
def _(x: np.ndarray) -> float:
    return x.sum()


def scaled(x: np.ndarray, by: float) -> np.ndarray:
    """Return x times a number."""
    return x * by


class Lazy:
    """Computes the mean once."""

    def __init__(self, x: np.ndarray) -> None:
        """Keep the values."""
        self.x = x

    @functools.cached_property
    def mean(self) -> float:
        """The mean."""
        return total(self.x) / len(self.x)


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    assert total([1, 2]) == 3
    same = functools.partial(scaled, by=one(len(x)))
    return same(x) - Lazy(x).mean + zero(len(x))
