"""A view of a view, backwards and broadcast."""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    y = np.broadcast_to((x - x.mean())[::-1], (3, len(x)))
    return y[1, ::-1]
