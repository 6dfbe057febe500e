"""The divisor of a population."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_spread.spread import center


def spread(x: np.ndarray) -> float:
    """Return the standard deviation of a population."""
    if x.size < 2:
        raise ValueError("x holds fewer than two values")
    return float(np.sqrt((center(x) ** 2).mean()))
