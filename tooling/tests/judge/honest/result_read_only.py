"""An array that cannot be written."""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    y = x - x.mean()
    y.setflags(write=False)
    return y
