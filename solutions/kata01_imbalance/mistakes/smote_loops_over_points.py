"""A loop makes one new row at a time.

Fails: TestSmote::test_python_steps_do_not_grow_with_n_new
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
    distance = cdist(X_min, X_min)
    np.fill_diagonal(distance, np.inf)
    nearest = distance.argsort()[:, : min(k, m - 1)]
    new = np.empty((n_new, X_min.shape[1]))
    for i in range(n_new):
        base = rng.integers(m)
        partner = rng.choice(nearest[base])
        new[i] = X_min[base] + rng.random() * (X_min[partner] - X_min[base])
    return new
