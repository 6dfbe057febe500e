"""A table that just crosses: 15 MB.

Ends: failed
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return np.zeros((1000, 1900))
