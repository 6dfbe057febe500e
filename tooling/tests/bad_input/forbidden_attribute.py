"""The forbidden function is an attribute of a library that is allowed.

Outcome: forbidden
Says: uses numpy.std in line {here}
"""

import numpy as xp


def center(x: xp.ndarray) -> xp.ndarray:
    """Return the values minus their mean."""
    return x - x.mean()


def spread(x: xp.ndarray) -> float:
    """Return the sample standard deviation."""
    return float(xp.std(x, ddof=1))  # here
