"""float32 probabilities stay float32.

Fails: TestCorrectPrior::test_float32_probabilities_come_back_as_float64
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
    positive = p * true_prior / train_prior
    negative = (1 - p) * (1 - true_prior) / (1 - train_prior)
    return positive / (positive + negative)
