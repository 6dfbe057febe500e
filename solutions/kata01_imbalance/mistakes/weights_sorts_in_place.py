"""The caller's labels are sorted in place, and runs of equal labels counted.

Fails: TestBalancedClassWeights::test_the_labels_stay_as_they_are
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import _require


def balanced_class_weights(y: np.ndarray) -> dict[int, float]:
    """Weigh each class."""
    _require(len(y), "y", "not be empty")
    y.sort()
    starts = np.flatnonzero(np.diff(y, prepend=y[0] - 1))
    counts = np.diff(starts, append=len(y))
    k = len(starts)
    return {int(y[i]): len(y) / (k * int(n)) for i, n in zip(starts, counts, strict=True)}
