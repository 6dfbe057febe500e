"""The library is imported by a call.

Outcome: forbidden
Says: uses statistics in line {here}
"""

import importlib

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    return x - importlib.import_module("statistics").fmean(x)  # here
