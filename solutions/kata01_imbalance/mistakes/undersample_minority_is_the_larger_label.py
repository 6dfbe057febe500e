"""The larger label is taken for the minority without counting.

Fails: TestUndersample::test_the_label_with_fewer_rows_is_the_minority
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import _require, _require_open_share


def undersample(y: np.ndarray, minority_share: float, rng: np.random.Generator) -> np.ndarray:
    """Draw the rows to keep."""
    _require_open_share(minority_share, "minority_share")
    labels = np.unique(y)
    _require(labels.shape == (2,), "y", "hold exactly two different labels")
    minority, majority = np.flatnonzero(y == labels[1]), np.flatnonzero(y == labels[0])
    if len(minority) == len(majority):
        minority, majority = majority, minority
    wanted = round(len(minority) * (1 - minority_share) / minority_share)
    return np.sort(np.concatenate([minority, rng.permutation(majority)[:wanted]]))
