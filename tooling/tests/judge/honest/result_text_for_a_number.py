"""Text in a float's place.

Function: spread
Ends: failed
Says: spread returned a str
"""

import numpy as np


def spread(x: np.ndarray) -> float:
    """Return the sample standard deviation."""
    return "\ud800 \0"
