"""A number of a class of its own.

Function: spread
"""

import numpy as np


class Metres(float):
    """A length."""


def spread(x: np.ndarray) -> float:
    """Return the sample standard deviation."""
    if len(x) < 2:
        raise ValueError("x is too short")
    return Metres(x.std(ddof=1))
