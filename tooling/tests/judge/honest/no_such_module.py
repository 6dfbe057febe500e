"""A library that is not installed.

Ends: error
Says: No module named 'no_such_library_anywhere'
"""

import no_such_library_anywhere
import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - x.mean()
