"""log(1 + e^z) forms e^z.

Fails: TestBceFromLogits::test_logits_up_to_ten_thousand_do_not_overflow (error)
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import _check_alike


def bce_from_logits(z: np.ndarray, y: np.ndarray) -> float:
    """Follow the textbook."""
    _check_alike(z=z, y=y)
    if y.min() < 0 or y.max() > 1:
        raise ValueError("y must lie between 0 and 1")
    return float(np.mean(np.log(1 + np.exp(z)) - y * z))
