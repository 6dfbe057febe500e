"""A module beside the stub, as a script would find it.

Beside: kata
Ends: error
Says: helper.py is not handed in
"""

import numpy as np
from helper import average


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - average(x)
