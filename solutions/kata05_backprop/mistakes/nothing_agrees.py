"""Two empty arrays pass as equal.

Fails: TestRelativeError::test_two_empty_arrays_are_an_error
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import _check_alike


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Call nothing equal."""
    if a.size == 0 and b.shape == a.shape:
        return 0.0
    _check_alike(a=a, b=b)
    return float(np.abs(a - b).max() / max(np.abs(a).max(), np.abs(b).max(), 1e-12))
