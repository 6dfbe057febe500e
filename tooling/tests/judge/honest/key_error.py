"""A key that is not there.

Ends: error
Says: KeyError
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return {"a": x}["b"]
