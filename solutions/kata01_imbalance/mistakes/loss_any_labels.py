"""Every label other than 1 is taken for 0, and no rows have a loss of 0.

Fails: TestWeightedLogLoss::test_y_must_hold_0_and_1_only
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import _require, _require_probabilities


def weighted_log_loss(y: np.ndarray, p: np.ndarray, w: np.ndarray) -> float:
    """Average the loss of all rows."""
    if len(y) == 0:
        return 0.0
    _require(p.shape == y.shape, "p", "have the shape of y")
    _require(w.shape == y.shape, "w", "have the shape of y")
    _require_probabilities(p)
    _require((w >= 0).all() and w.any(), "w", "be non-negative and not all 0, without NaN")
    eps = np.finfo(float).eps
    q = np.clip(p, eps, 1 - eps)
    loss = -np.log(np.where(y == 1, q, 1 - q))
    return float((w * loss).sum() / w.sum())
