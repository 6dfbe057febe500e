"""Sums by dot products, and the root by Python's own power."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_spread.spread import Summary


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return np.subtract(x, np.ones(len(x)) @ x / len(x))


def spread(x: np.ndarray) -> float:
    """Return the sample standard deviation."""
    if len(x) < 2:
        raise ValueError("x holds fewer than two values")
    away = center(x)
    return float(away @ away / (len(x) - 1)) ** 0.5


def summarise(x: np.ndarray) -> "Summary":
    """Return the mean and the spread of x."""
    deviation = spread(x)
    return Summary(spread=deviation, mean=float(np.sum(x) / len(x)))
