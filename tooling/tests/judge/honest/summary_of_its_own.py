"""A class of the stub's name, written anew, with a method and a default.

Function: summarise
"""

from dataclasses import dataclass

import numpy as np


@dataclass
class Summary:
    """Mean and sample standard deviation of some values."""

    mean: float
    spread: float = 0.0

    def width(self) -> float:
        """Return twice the spread."""
        return 2 * self.spread


def summarise(x: np.ndarray) -> Summary:
    """Return the mean and the spread of x."""
    return Summary(x.mean(), spread=x.std(ddof=1))
