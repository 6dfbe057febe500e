"""The caller's weights are divided by their sum in place.

Fails: TestWeightedLogLoss::test_the_weights_stay_as_they_are
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import _require, _require_probabilities


def weighted_log_loss(y: np.ndarray, p: np.ndarray, w: np.ndarray) -> float:
    """Average the loss of all rows."""
    _require(len(y), "y", "not be empty")
    _require(np.isin(y, (0, 1)).all(), "y", "hold only 0 and 1")
    _require(p.shape == y.shape, "p", "have the shape of y")
    _require(w.shape == y.shape, "w", "have the shape of y")
    _require_probabilities(p)
    _require((w >= 0).all() and w.any(), "w", "be non-negative and not all 0, without NaN")
    eps = np.finfo(float).eps
    q = np.clip(p, eps, 1 - eps)
    loss = -np.log(np.where(y == 1, q, 1 - q))
    w /= w.sum()
    return float((w * loss).sum())
