"""An object of its own.

Ends: failed
Says: center returned a Values
"""

import numpy as np


class Values:
    """Values."""

    def __init__(self, x: np.ndarray) -> None:
        """Keep them."""
        self.x = x


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return Values(x)
