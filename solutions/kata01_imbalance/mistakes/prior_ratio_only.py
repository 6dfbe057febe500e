"""p is multiplied by the ratio of the priors and not renormalised.

Fails: TestCorrectPrior::test_an_undersampled_table_gets_its_rates_back
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
    return np.minimum(p * true_prior / train_prior, 1.0)
