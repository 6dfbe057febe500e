"""All labels but the rarest are taken for one majority class.

Fails: TestUndersample::test_y_must_hold_exactly_two_labels
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import _require, _require_open_share


def undersample(y: np.ndarray, minority_share: float, rng: np.random.Generator) -> np.ndarray:
    """Draw the rows to keep."""
    _require_open_share(minority_share, "minority_share")
    labels, counts = np.unique(y, return_counts=True)
    _require(len(labels) >= 2, "y", "hold two labels")
    rare = labels[counts.argmin()]
    minority, majority = np.flatnonzero(y == rare), np.flatnonzero(y != rare)
    wanted = round(len(minority) * (1 - minority_share) / minority_share)
    return np.sort(np.concatenate([minority, rng.permutation(majority)[:wanted]]))
