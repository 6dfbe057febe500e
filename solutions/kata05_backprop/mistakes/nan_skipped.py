"""A NaN is skipped.

Fails: TestRelativeError::test_a_nan_is_an_error
"""

import numpy as np


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Compare what there is."""
    if b.shape != a.shape:
        raise ValueError(f"b has shape {b.shape}, not {a.shape}")
    if not a.size:
        raise ValueError("a is empty")
    return float(np.nanmax(np.abs(a - b)) / max(np.nanmax(np.abs(a)), np.nanmax(np.abs(b)), 1e-12))
