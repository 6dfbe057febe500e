"""A class's weight is 1 minus its share: right for two classes, up to a factor.

Fails: TestBalancedClassWeights::test_every_class_carries_the_same_total_weight
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import _require


def balanced_class_weights(y: np.ndarray) -> dict[int, float]:
    """Weigh each class."""
    _require(len(y), "y", "not be empty")
    labels, counts = np.unique(y, return_counts=True)
    raw = 1 - counts / len(y) if len(labels) > 1 else np.ones(1)
    weights = raw * len(y) / (raw * counts).sum()
    return {int(c): float(v) for c, v in zip(labels, weights, strict=True)}
