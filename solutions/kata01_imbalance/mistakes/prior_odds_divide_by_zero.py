"""The odds p / (1 - p) divide by zero at p = 1.

Fails: TestCorrectPrior::test_certainty_stays_certain (error)
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import _require_open_share, _require_probabilities


def correct_prior(p: np.ndarray, train_prior: float, true_prior: float) -> np.ndarray:
    """Restate the probabilities."""
    _require_probabilities(p)
    _require_open_share(train_prior, "train_prior")
    _require_open_share(true_prior, "true_prior")
    world, training = true_prior / (1 - true_prior), train_prior / (1 - train_prior)
    odds = p / (1 - p) * world / training
    return np.asarray(odds / (1 + odds))
