"""The squares are divided by the number of rows alone.

Fails: TestMse::test_the_mean_is_over_all_elements
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import _check_alike


def mse(pred: np.ndarray, y: np.ndarray) -> float:
    """Sum over the outputs."""
    _check_alike(pred=pred, y=y)
    return float(np.sum((pred - y) ** 2) / len(y))
