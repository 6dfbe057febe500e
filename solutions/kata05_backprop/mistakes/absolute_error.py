"""The difference is not held against any scale.

Fails: TestRelativeError::test_other_units_change_nothing
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import _check_alike


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Return the largest difference."""
    _check_alike(a=a, b=b)
    return float(np.abs(a - b).max())
