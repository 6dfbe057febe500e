"""Words on standard error."""

import sys

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    print("to stderr", file=sys.stderr)
    return x - x.mean()
