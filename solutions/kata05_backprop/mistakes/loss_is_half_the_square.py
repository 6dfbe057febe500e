"""The loss is half the square, which is another loss.

Fails: TestMse::test_a_difference_of_three_costs_nine
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import _check_alike


def mse(pred: np.ndarray, y: np.ndarray) -> float:
    """Halve the mean."""
    _check_alike(pred=pred, y=y)
    return float(np.mean((pred - y) ** 2) / 2)
