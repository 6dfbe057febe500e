"""An exception that says nothing.

Ends: error
Says: center raised ValueError
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    raise ValueError
