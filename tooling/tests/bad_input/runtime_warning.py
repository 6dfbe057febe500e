"""A division by zero is only a warning for numpy.

Outcome: error
Says: center raised RuntimeWarning in line {here}: divide by zero encountered
Says: A warning of this kind inside your function counts as an error.
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean, times something endless."""
    return (x - x.mean()) * (np.ones_like(x) / np.zeros(1))  # here
