"""Words on both streams, in turn."""

import sys

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    print("one")
    print("two", file=sys.stderr)
    print("three")
    return x - x.mean()
