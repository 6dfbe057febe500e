"""The number of majority rows is always rounded up.

Fails: TestUndersample::test_the_majority_count_is_rounded_to_the_nearest_whole
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import _require, _require_open_share


def undersample(y: np.ndarray, minority_share: float, rng: np.random.Generator) -> np.ndarray:
    """Draw the rows to keep."""
    _require_open_share(minority_share, "minority_share")
    labels, counts = np.unique(y, return_counts=True)
    _require(labels.shape == (2,), "y", "hold exactly two different labels")
    rare = labels[counts.argmin()]
    minority, majority = np.flatnonzero(y == rare), np.flatnonzero(y != rare)
    exact = len(minority) * (1 - minority_share) / minority_share
    wanted = int(np.ceil(exact - 1e-9))
    return np.sort(np.concatenate([minority, rng.permutation(majority)[:wanted]]))
