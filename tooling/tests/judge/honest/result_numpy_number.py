"""A number of numpy's in a float's place.

Function: spread
"""

import numpy as np


def spread(x: np.ndarray) -> float:
    """Return the sample standard deviation."""
    if len(x) < 2:
        raise ValueError("x is too short")
    return np.sqrt(((x - x.mean()) ** 2).sum() / (len(x) - 1))
