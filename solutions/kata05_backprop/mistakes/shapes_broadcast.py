"""Arrays of different shapes are compared by broadcasting.

Fails: TestRelativeError::test_b_has_exactly_the_shape_of_a
"""

import numpy as np


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Trust the shapes."""
    if not a.size:
        raise ValueError("a is empty")
    if np.isnan(a).any() or np.isnan(b).any():
        raise ValueError("a or b holds NaN")
    return float(np.abs(a - b).max() / max(np.abs(a).max(), np.abs(b).max(), 1e-12))
