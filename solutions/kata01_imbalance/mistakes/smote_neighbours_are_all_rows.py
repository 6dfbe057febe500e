"""Any other row is a partner, however far away.

Fails: TestSmote::test_the_partner_is_among_the_k_nearest_rows
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
    base = rng.integers(m, size=n_new)
    partner = (base + rng.integers(1, m, size=n_new)) % m
    u = rng.random((n_new, 1))
    return np.asarray(X_min[base] + u * (X_min[partner] - X_min[base]))
