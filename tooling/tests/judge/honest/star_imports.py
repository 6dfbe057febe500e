"""Everything from everywhere."""

from cmath import *
from math import *


def center(x):
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - fsum(x) / len(x) + 0 * pi
