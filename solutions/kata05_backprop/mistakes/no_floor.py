"""Two arrays of zeros divide 0 by 0.

Fails: TestRelativeError::test_two_arrays_of_zeros_agree (error)
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import _check_alike


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Leave the floor out."""
    _check_alike(a=a, b=b)
    return float(np.abs(a - b).max() / max(np.abs(a).max(), np.abs(b).max()))
