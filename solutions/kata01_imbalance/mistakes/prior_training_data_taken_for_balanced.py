"""The training data are taken for half and half.

Fails: TestCorrectPrior::test_correcting_back_gives_the_first_probabilities
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
    positive = p * true_prior
    return positive / (positive + (1 - p) * (1 - true_prior))
