"""An array in the workbook's folder, read by numpy.

Beside: workbook
Ends: error
Says: data.csv
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - np.loadtxt("data.csv")
