"""A list that holds itself.

Ends: failed
Says: center returned a list
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    y: list = []
    y.append(y)
    return y
