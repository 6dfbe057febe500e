"""Several exceptions at once.

Ends: error
Says: two things
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    raise ExceptionGroup("two things", [ValueError("a"), TypeError("b")])
