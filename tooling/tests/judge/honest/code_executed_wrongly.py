"""Code that is put together, and wrong.

Ends: error
Says: SyntaxError
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    exec("value = 1 +")
    return x - x.mean()
