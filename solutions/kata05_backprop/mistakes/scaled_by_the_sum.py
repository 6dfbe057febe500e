"""The scale is the sum of both, not the larger.

Fails: TestRelativeError::test_the_scale_is_the_larger_of_the_two
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import _check_alike


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Divide by the sum."""
    _check_alike(a=a, b=b)
    return float(np.abs(a - b).max() / max(np.abs(a).max() + np.abs(b).max(), 1e-12))
