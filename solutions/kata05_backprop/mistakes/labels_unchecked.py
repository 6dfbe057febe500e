"""Labels of -1 and 1 are taken.

Fails: TestBceFromLogits::test_labels_lie_between_zero_and_one
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import _check_alike


def bce_from_logits(z: np.ndarray, y: np.ndarray) -> float:
    """Trust the labels."""
    _check_alike(z=z, y=y)
    return float(np.mean(np.logaddexp(0, z) - y * z))
