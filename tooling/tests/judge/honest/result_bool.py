"""Yes or no in a float's place.

Function: spread
Ends: failed
Says: spread returned a bool
"""

import numpy as np


def spread(x: np.ndarray) -> float:
    """Return the sample standard deviation."""
    return True
