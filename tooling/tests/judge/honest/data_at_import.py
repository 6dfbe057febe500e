"""A file of data, read while the file is imported.

Beside: workbook
Ends: error
Says: data.csv
"""

import numpy as np

with open("data.csv") as file:
    MEAN = float(file.read())


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - MEAN
