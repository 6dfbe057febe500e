"""Spread: how far from their mean values lie."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Summary:
    """Mean and sample standard deviation of some values."""

    mean: float
    spread: float


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not x.size:
        raise ValueError("x is empty")
    return x - x.mean()


def spread(x: np.ndarray) -> float:
    """Return the sample standard deviation."""
    if x.size < 2:
        raise ValueError("x holds fewer than two values")
    return float(np.sqrt((center(x) ** 2).sum() / (x.size - 1)))


def summarise(x: np.ndarray) -> Summary:
    """Return the mean and the spread of x."""
    return Summary(float(x.mean()), spread(x))
