"""Short numbers.

Ends: failed
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return (x - x.mean()).astype(np.float16)
