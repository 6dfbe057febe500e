"""A file of data in the workbook, by its whole path.

Beside: workbook
Ends: error
Says: data.csv
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    with open("{workbook}/data.csv") as file:
        return x - float(file.read())
