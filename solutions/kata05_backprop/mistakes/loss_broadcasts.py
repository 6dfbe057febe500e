"""A target of (N,) meets a prediction of (N, 1) as (N, N).

Fails: TestMse::test_y_has_exactly_the_shape_of_pred
"""

import numpy as np


def mse(pred: np.ndarray, y: np.ndarray) -> float:
    """Trust the shapes."""
    return float(np.mean((pred - y) ** 2))
