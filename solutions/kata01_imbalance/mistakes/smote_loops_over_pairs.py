"""A double loop measures every pair of rows.

Fails: TestSmote::test_python_steps_grow_at_most_linearly_with_m
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import _require


def smote(X_min: np.ndarray, n_new: int, k: int, rng: np.random.Generator) -> np.ndarray:
    """Make new minority rows."""
    m = len(X_min)
    _require(m > 1, "X_min", "hold at least two rows")
    _require(np.isfinite(X_min).all(), "X_min", "be finite")
    _require(n_new >= 0, "n_new", "not be negative")
    _require(k >= 1, "k", "be at least 1")
    distance = np.full((m, m), np.inf)
    for i in range(m):
        for j in range(m):
            if i != j:
                distance[i, j] = np.sqrt(((X_min[i] - X_min[j]) ** 2).sum())
    nearest = distance.argsort()[:, : min(k, m - 1)]
    base = rng.integers(m, size=n_new)
    partner = nearest[base, rng.integers(nearest.shape[1], size=n_new)]
    u = rng.random((n_new, 1))
    return np.asarray(X_min[base] + u * (X_min[partner] - X_min[base]))
