"""A matrix of numpy's in an array's place.

Ends: failed
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return np.asmatrix(x - x.mean())
