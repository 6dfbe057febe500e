"""The mean of no elements is called zero.

Fails: TestMse::test_a_mean_of_nothing_is_an_error
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import _check_alike


def mse(pred: np.ndarray, y: np.ndarray) -> float:
    """Call an empty batch perfect."""
    if not pred.size:
        return 0.0
    _check_alike(pred=pred, y=y)
    return float(np.mean((pred - y) ** 2))
