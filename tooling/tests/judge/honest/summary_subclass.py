"""A subclass of the stub's class.

Function: summarise
Ends: failed
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Summary:
    """Mean and sample standard deviation of some values."""

    mean: float
    spread: float


class Longer(Summary):
    """A longer one."""


def summarise(x: np.ndarray) -> Summary:
    """Return the mean and the spread of x."""
    return Longer(x.mean(), x.std(ddof=1))
