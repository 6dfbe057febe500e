"""An array without dimensions in a float's place.

Function: spread
Ends: failed
"""

import numpy as np


def spread(x: np.ndarray) -> float:
    """Return the sample standard deviation."""
    if len(x) < 2:
        raise ValueError("x is too short")
    return np.array(x.std(ddof=1))
