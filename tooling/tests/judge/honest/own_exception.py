"""An exception of its own, which is a ValueError."""

import numpy as np


class EmptySampleError(ValueError):
    """There are no values."""


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise EmptySampleError("x is empty")
    return x - x.mean()
