"""A generator expression.

Ends: failed
Says: center returned a generator
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return (v - x.mean() for v in x)
