"""The caller's rows are shuffled in place, and bases taken in turn.

Fails: TestSmote::test_the_minority_rows_stay_as_they_are
"""

from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial.distance import cdist

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import _require


def smote(X_min: np.ndarray, n_new: int, k: int, rng: np.random.Generator) -> np.ndarray:
    """Make new minority rows."""
    m = len(X_min)
    _require(m > 1, "X_min", "hold at least two rows")
    _require(np.isfinite(X_min).all(), "X_min", "be finite")
    _require(n_new >= 0, "n_new", "not be negative")
    _require(k >= 1, "k", "be at least 1")
    rng.shuffle(X_min)
    distance = cdist(X_min, X_min)
    np.fill_diagonal(distance, np.inf)
    nearest = distance.argsort()[:, : min(k, m - 1)]
    base = np.arange(n_new) % m
    partner = nearest[base, rng.integers(nearest.shape[1], size=n_new)]
    u = rng.random((n_new, 1))
    return np.asarray(X_min[base] + u * (X_min[partner] - X_min[base]))
