"""An exception of scipy's.

Ends: error
Says: ValueError
"""

import numpy as np
from scipy.optimize import brentq


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - brentq(lambda v: v * v + 1, 0, 1)
