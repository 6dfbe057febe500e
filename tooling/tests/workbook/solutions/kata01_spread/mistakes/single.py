"""A single value is said to have no spread at all.

Fails: TestSpread::test_one_value_has_no_spread
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_spread.spread import center


def spread(x: np.ndarray) -> float:
    """Return the sample standard deviation, 0 for one value."""
    return float(np.sqrt((center(x) ** 2).sum() / max(x.size - 1, 1)))
