"""Scores that are no probabilities pass.

Fails: TestCorrectPrior::test_p_outside_0_to_1_is_an_error
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import _require_open_share


def correct_prior(p: np.ndarray, train_prior: float, true_prior: float) -> np.ndarray:
    """Restate the probabilities."""
    _require_open_share(train_prior, "train_prior")
    _require_open_share(true_prior, "true_prior")
    positive = p * true_prior / train_prior
    negative = (1 - p) * (1 - true_prior) / (1 - train_prior)
    return positive / (positive + negative)
