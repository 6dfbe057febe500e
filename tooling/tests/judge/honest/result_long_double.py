"""Longer numbers.

Ends: failed
Says: center returned values of the dtype float128; such an answer is not checked.
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return (x - x.mean()).astype(np.longdouble)
