"""A share of 1 passes, and a model of one class is trained.

Fails: TestUndersample::test_a_share_outside_0_to_1_is_an_error
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import _require


def undersample(y: np.ndarray, minority_share: float, rng: np.random.Generator) -> np.ndarray:
    """Draw the rows to keep."""
    _require(0 < minority_share <= 1, "minority_share", "lie between 0 and 1")
    labels, counts = np.unique(y, return_counts=True)
    _require(labels.shape == (2,), "y", "hold exactly two different labels")
    rare = labels[counts.argmin()]
    minority, majority = np.flatnonzero(y == rare), np.flatnonzero(y != rare)
    wanted = round(len(minority) * (1 - minority_share) / minority_share)
    return np.sort(np.concatenate([minority, rng.permutation(majority)[:wanted]]))
