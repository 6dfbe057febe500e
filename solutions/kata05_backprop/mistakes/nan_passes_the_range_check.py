"""A range check alone lets NaN through.

Fails: TestBceFromLogits::test_a_nan_is_an_error
"""

import numpy as np


def bce_from_logits(z: np.ndarray, y: np.ndarray) -> float:
    """Check the range alone."""
    if y.shape != z.shape:
        raise ValueError(f"y has shape {y.shape}, not {z.shape}")
    if not z.size:
        raise ValueError("z is empty")
    if y.min() < 0 or y.max() > 1:
        raise ValueError("y must lie between 0 and 1")
    return float(np.mean(np.logaddexp(0, z) - y * z))
