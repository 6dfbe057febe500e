"""A share of NaN is neither too small nor too large, and passes the check.

Fails: TestUndersample::test_a_share_of_nan_is_an_error
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import _require


def undersample(y: np.ndarray, minority_share: float, rng: np.random.Generator) -> np.ndarray:
    """Draw the rows to keep."""
    if minority_share <= 0 or minority_share >= 1:
        raise ValueError("minority_share must lie between 0 and 1")
    labels, counts = np.unique(y, return_counts=True)
    _require(labels.shape == (2,), "y", "hold exactly two different labels")
    rare = labels[counts.argmin()]
    minority, majority = np.flatnonzero(y == rare), np.flatnonzero(y != rare)
    wanted = np.rint(len(minority) * (1 - minority_share) / minority_share)
    n_dropped = int(np.fmax(len(majority) - wanted, 0))
    return np.sort(np.concatenate([minority, rng.permutation(majority)[n_dropped:]]))
