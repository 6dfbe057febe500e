"""The scale is the first array's alone.

Fails: TestRelativeError::test_swapping_the_two_changes_nothing
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import _check_alike


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Divide by the first."""
    _check_alike(a=a, b=b)
    return float(np.abs(a - b).max() / max(np.abs(a).max(), 1e-12))
