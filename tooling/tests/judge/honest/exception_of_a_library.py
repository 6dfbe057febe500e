"""An exception of scipy's.

Ends: error
Says: ValueError
"""

from scipy.optimize import brentq

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - brentq(lambda v: v * v + 1, 0, 1)
