"""A single function of the library is imported.

Outcome: forbidden
Says: uses statistics in line {here}
"""

from statistics import fmean as average  # here

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    return x - average(x)
