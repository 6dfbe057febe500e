"""A table of all pairs where a row was asked for: 32 MB.

Ends: failed
Says: center returned more than 16 MB
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return np.zeros((2000, 2000))
