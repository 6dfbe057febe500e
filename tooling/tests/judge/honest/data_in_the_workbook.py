"""A file of data in the workbook's folder.

Beside: workbook
Ends: error
Says: data.csv
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    with open("data.csv") as file:
        return x - float(file.read())
