"""What was given is changed, in place.

Ends: error
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    x -= x.mean()
    return x
