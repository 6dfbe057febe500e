"""minority_share is read as minority / majority, as in imbalanced-learn.

Fails: TestUndersample::test_minority_share_is_the_share_among_the_kept_rows
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
    wanted = round(len(minority) / minority_share)
    return np.sort(np.concatenate([minority, rng.permutation(majority)[:wanted]]))
