"""Empty labels give an empty dict instead of an error.

Fails: TestBalancedClassWeights::test_no_rows_at_all_are_an_error
"""

import numpy as np


def balanced_class_weights(y: np.ndarray) -> dict[int, float]:
    """Weigh each class."""
    labels, counts = np.unique(y, return_counts=True)
    k = len(labels)
    return {int(c): len(y) / (k * int(n)) for c, n in zip(labels, counts, strict=True)}
