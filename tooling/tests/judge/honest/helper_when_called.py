"""A module beside the stub, imported by the function.

Beside: workbook
Ends: error
Says: helper.py is not handed in
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    from helper import average

    return x - average(x)
