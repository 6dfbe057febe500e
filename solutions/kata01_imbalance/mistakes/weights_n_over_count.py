"""The number of classes is left out: n / n_c.

Fails: TestBalancedClassWeights::test_the_weights_of_all_rows_sum_to_the_number_of_rows
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import _require


def balanced_class_weights(y: np.ndarray) -> dict[int, float]:
    """Weigh each class."""
    _require(len(y), "y", "not be empty")
    labels, counts = np.unique(y, return_counts=True)
    return {int(c): len(y) / int(n) for c, n in zip(labels, counts, strict=True)}
