"""The caller's labels are replaced by 1 for the minority and 0 for the majority.

Fails: TestUndersample::test_the_labels_stay_as_they_are
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
    y[:] = y == labels[counts.argmin()]
    minority, majority = np.flatnonzero(y == 1), np.flatnonzero(y == 0)
    wanted = round(len(minority) * (1 - minority_share) / minority_share)
    return np.sort(np.concatenate([minority, rng.permutation(majority)[:wanted]]))
