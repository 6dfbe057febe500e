"""The recursion has no base case.

Outcome: error
Says: center went on calling itself until Python's limit in line {here}.
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Center the centered values."""
    return center(x) - x.mean()  # here
