"""NaN, infinities and minus zero.

Ends: failed
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return np.array([np.nan, np.inf, -np.inf, -0.0, *x[4:]])
