"""A recursion that just fits."""

import numpy as np


def down(n: int) -> int:
    """Go down."""
    return n if not n else down(n - 1)


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - x.mean() + 0 * down(700)
