"""An index lies outside.

Outcome: error
Says: center raised IndexError in line {here}: index 99 is out of bounds
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus the hundredth of them."""
    return x - x[99]  # here
