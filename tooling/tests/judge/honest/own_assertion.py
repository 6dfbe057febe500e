"""An assertion of its own that does not hold.

Ends: error
Says: too few values
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    assert len(x) > 1000, "too few values"
    return x
