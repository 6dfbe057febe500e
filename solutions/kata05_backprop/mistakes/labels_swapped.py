"""p is taken for the probability of a 0.

Fails: TestBceFromLogits::test_moderate_logits_agree_with_the_definition
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import _check_alike


def bce_from_logits(z: np.ndarray, y: np.ndarray) -> float:
    """Swap the labels."""
    _check_alike(z=z, y=y)
    if y.min() < 0 or y.max() > 1:
        raise ValueError("y must lie between 0 and 1")
    return float(np.mean(np.logaddexp(0, z) - (1 - y) * z))
