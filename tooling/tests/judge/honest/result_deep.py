"""A list in a list in a list, and so on.

Ends: failed
Says: center returned a list
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    y: list = []
    for _ in range(5000):
        y = [y]
    return y
