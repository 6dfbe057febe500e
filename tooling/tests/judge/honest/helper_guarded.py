"""A module beside the stub, and what to do where it is not.

Beside: workbook
"""

import numpy as np

try:
    from helper import average
except ImportError:

    def average(x: np.ndarray) -> float:
        """Return the mean."""
        return x.mean()


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - average(x)
