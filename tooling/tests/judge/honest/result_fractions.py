"""Fractions as the elements of an array.

Ends: failed
Says: center returned values of the type Fraction; such an answer is not checked.
"""

from fractions import Fraction

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    exact = [Fraction(v) for v in x]
    mean = sum(exact) / len(exact)
    return np.array([v - mean for v in exact])
