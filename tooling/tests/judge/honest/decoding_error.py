"""An exception that takes five arguments.

Ends: error
Says: UnicodeDecodeError
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return b"\xff".decode()
