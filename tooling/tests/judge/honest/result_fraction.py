"""A fraction in a float's place.

Function: spread
Ends: failed
Says: spread returned a Fraction
"""

from fractions import Fraction

import numpy as np


def spread(x: np.ndarray) -> float:
    """Return the sample standard deviation."""
    return Fraction(1, 3)
