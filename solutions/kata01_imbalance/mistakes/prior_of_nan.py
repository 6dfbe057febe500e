"""A prior of NaN is neither too small nor too large, and passes the check.

Fails: TestCorrectPrior::test_a_prior_of_nan_is_an_error
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import _require_probabilities


def correct_prior(p: np.ndarray, train_prior: float, true_prior: float) -> np.ndarray:
    """Restate the probabilities."""
    _require_probabilities(p)
    if train_prior <= 0 or train_prior >= 1:
        raise ValueError("train_prior must lie between 0 and 1")
    if true_prior <= 0 or true_prior >= 1:
        raise ValueError("true_prior must lie between 0 and 1")
    q = p.astype(float)
    positive = q * true_prior / train_prior
    negative = (1 - q) * (1 - true_prior) / (1 - train_prior)
    return positive / (positive + negative)
