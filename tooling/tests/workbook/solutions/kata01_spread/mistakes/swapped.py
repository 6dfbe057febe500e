"""Mean and spread change places."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_spread.spread import Summary, spread


def summarise(x: np.ndarray) -> "Summary":
    """Return the spread and the mean of x."""
    return Summary(spread(x), float(x.mean()))
