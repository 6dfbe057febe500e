"""p is clipped before the log-odds: 0 and 1 do not stay what they are.

Fails: TestCorrectPrior::test_certainty_stays_certain
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
    q = np.clip(p, 1e-15, 1 - 1e-15)
    world, training = true_prior / (1 - true_prior), train_prior / (1 - train_prior)
    odds = q / (1 - q) * world / training
    return np.asarray(odds / (1 + odds))
