"""The recursion has no base case, and the error is swallowed.

Outcome: failed
Says: came back
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return whatever the deepest call has."""
    try:
        return center(x) + 1
    except RecursionError:
        return x
