"""Something to do at the end."""

import atexit

import numpy as np

atexit.register(print, "the end")


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - x.mean()
