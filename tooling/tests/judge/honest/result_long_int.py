"""A number of a thousand digits in a float's place.

Function: spread
Ends: failed
"""

import numpy as np


def spread(x: np.ndarray) -> float:
    """Return the sample standard deviation."""
    return 10**1000
