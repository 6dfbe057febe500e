"""Spread: how far from their mean values lie.

`x` is a float array of shape (n,).
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Summary:
    """Mean and sample standard deviation of some values."""

    mean: float
    spread: float


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean, shape (n,); x stays as it is.

    ValueError: `x` if it is empty.

    >>> center(np.array([1.0, 3.0]))
    array([-1.,  1.])
    """
    raise NotImplementedError


def spread(x: np.ndarray) -> float:
    """Return the sample standard deviation: the divisor is n - 1.

    ValueError: `x` if it holds fewer than two values.

    >>> spread(np.array([1.0, 2.0, 3.0]))
    1.0
    """
    raise NotImplementedError


def summarise(x: np.ndarray) -> Summary:
    """Return the mean and the spread of x; errors as in spread.

    >>> summarise(np.array([1.0, 2.0, 3.0]))
    Summary(mean=2.0, spread=1.0)
    """
    raise NotImplementedError
