"""A NaN is left out of the mean.

Fails: TestMse::test_a_nan_is_an_error
"""

import numpy as np


def mse(pred: np.ndarray, y: np.ndarray) -> float:
    """Average what there is."""
    if y.shape != pred.shape:
        raise ValueError(f"y has shape {y.shape}, not {pred.shape}")
    if not pred.size:
        raise ValueError("pred is empty")
    return float(np.nanmean((pred - y) ** 2))
