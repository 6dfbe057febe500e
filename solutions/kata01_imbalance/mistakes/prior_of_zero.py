"""A prior of 0 or 1 passes: everything becomes 0 or 1.

Fails: TestCorrectPrior::test_a_prior_outside_0_to_1_is_an_error
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import _require_probabilities


def correct_prior(p: np.ndarray, train_prior: float, true_prior: float) -> np.ndarray:
    """Restate the probabilities."""
    _require_probabilities(p)
    tiny = 1e-12
    train_prior = min(max(train_prior, tiny), 1 - tiny)
    true_prior = min(max(true_prior, tiny), 1 - tiny)
    positive = p * true_prior / train_prior
    negative = (1 - p) * (1 - true_prior) / (1 - train_prior)
    return positive / (positive + negative)
