"""Rows are drawn from both classes alike: rare rows get lost.

Fails: TestUndersample::test_every_minority_row_is_kept
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
    minority = np.flatnonzero(y == rare)
    wanted = round(len(minority) * (1 - minority_share) / minority_share)
    n_kept = min(len(y), len(minority) + wanted)
    return np.sort(rng.permutation(len(y))[:n_kept])
