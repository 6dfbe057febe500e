"""A module beside the stub, from its package.

Beside: kata
Ends: error
Says: helper.py is not handed in
"""

import numpy as np

from . import helper


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - helper.average(x)
