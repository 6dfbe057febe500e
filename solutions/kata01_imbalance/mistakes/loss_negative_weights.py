"""Negative weights pass, and a sum of 0 is replaced by 1.

Fails: TestWeightedLogLoss::test_negative_missing_or_all_zero_weights_are_errors
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
    eps = np.finfo(float).eps
    q = np.clip(p, eps, 1 - eps)
    loss = -np.log(np.where(y == 1, q, 1 - q))
    return float((w * loss).sum() / (w.sum() or 1.0))
