"""The caller's array is changed."""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Take the mean off the values, in place."""
    if x.size == 0:
        raise ValueError("x is empty")
    x -= x.mean()
    return x
