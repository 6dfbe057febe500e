"""A generator made inside draws, and the caller's is ignored.

Fails: TestSmote::test_the_same_seed_makes_the_same_points
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
    rng = np.random.default_rng()
    distance = cdist(X_min, X_min)
    np.fill_diagonal(distance, np.inf)
    nearest = distance.argsort()[:, : min(k, m - 1)]
    base = rng.integers(m, size=n_new)
    partner = nearest[base, rng.integers(nearest.shape[1], size=n_new)]
    u = rng.random((n_new, 1))
    return np.asarray(X_min[base] + u * (X_min[partner] - X_min[base]))
