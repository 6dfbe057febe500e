"""A library does the work that the kata asks for.

Outcome: forbidden
Says: forbidden_import.py uses statistics in line {here}; this kata asks you to write that yourself.
"""

import statistics  # here

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    return x - statistics.fmean(x)
