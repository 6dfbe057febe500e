"""A recursion within a limit that was lifted."""

import sys

import numpy as np


def down(n: int) -> int:
    """Go down."""
    return n if not n else down(n - 1)


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    old = sys.getrecursionlimit()
    sys.setrecursionlimit(1500)
    depth = down(1200)
    sys.setrecursionlimit(old)
    return x - x.mean() + 0 * depth
