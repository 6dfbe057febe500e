"""numpy is told to raise.

Ends: error
Says: FloatingPointError
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    np.seterr(all="raise")
    return x - x.mean() + 0 * (x / 0)
