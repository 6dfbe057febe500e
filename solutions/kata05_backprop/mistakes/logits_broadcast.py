"""Labels of (N,) meet logits of (N, 1) as (N, N).

Fails: TestBceFromLogits::test_y_has_exactly_the_shape_of_z
"""

import numpy as np


def bce_from_logits(z: np.ndarray, y: np.ndarray) -> float:
    """Trust the shapes."""
    if not z.size:
        raise ValueError("z is empty")
    if np.isnan(z).any():
        raise ValueError("z holds NaN")
    if np.isnan(y).any():
        raise ValueError("y holds NaN")
    if y.min() < 0 or y.max() > 1:
        raise ValueError("y must lie between 0 and 1")
    return float(np.mean(np.logaddexp(0, z) - y * z))
