"""The labels are taken for 0 .. k-1: k is the largest label plus one.

Fails: TestBalancedClassWeights::test_only_labels_that_occur_count_as_classes
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import _require


def balanced_class_weights(y: np.ndarray) -> dict[int, float]:
    """Weigh each class."""
    _require(len(y), "y", "not be empty")
    k = int(y.max()) + 1
    labels, counts = np.unique(y, return_counts=True)
    return {int(c): len(y) / (k * int(n)) for c, n in zip(labels, counts, strict=True)}
