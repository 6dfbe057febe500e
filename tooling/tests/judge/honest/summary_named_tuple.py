"""A named tuple of the stub's name in a dataclass's place.

Function: summarise
Ends: failed
Says: summarise returned a named tuple
"""

from typing import NamedTuple

import numpy as np


class Summary(NamedTuple):
    """Mean and sample standard deviation of some values."""

    mean: float
    spread: float


def summarise(x: np.ndarray) -> Summary:
    """Return the mean and the spread of x."""
    return Summary(x.mean(), x.std(ddof=1))
