"""A Python loop does what numpy does at once."""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean, one by one."""
    if x.size == 0:
        raise ValueError("x is empty")
    mean = x.mean()
    return np.array([value - mean for value in x])
