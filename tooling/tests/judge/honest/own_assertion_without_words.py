"""An assertion without words.

Ends: error
Says: AssertionError
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    assert len(x) > 1000
    return x
