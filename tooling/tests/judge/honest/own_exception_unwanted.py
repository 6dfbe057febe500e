"""An exception of its own where none is wanted.

Ends: error
Says: center raised TooManyError in line
"""

import numpy as np


class TooManyError(ValueError):
    """There are too many values."""


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    raise TooManyError("x", len(x))
