"""A longer number in a float's place.

Function: spread
Ends: failed
Says: spread returned values of the dtype float128; such an answer is not checked.
"""

import numpy as np


def spread(x: np.ndarray) -> float:
    """Return the sample standard deviation."""
    return np.longdouble(x.std())
