"""A decorator of a compiler that may be missing."""

import numpy as np

try:
    from numba import njit
except ImportError:

    def njit(*args, **kwargs):
        """Do nothing."""
        return args[0] if args else lambda function: function


@njit(cache=True)
def mean(x: np.ndarray) -> float:
    """Return the mean."""
    return x.sum() / len(x)


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - mean(x)
