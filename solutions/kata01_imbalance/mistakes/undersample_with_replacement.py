"""Majority rows are drawn with replacement and repeat.

Fails: TestUndersample::test_no_row_is_kept_twice
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
    wanted = round(len(minority) * (1 - minority_share) / minority_share)
    if wanted >= len(majority):
        return np.arange(len(y))
    return np.sort(np.concatenate([minority, rng.choice(majority, size=wanted)]))
