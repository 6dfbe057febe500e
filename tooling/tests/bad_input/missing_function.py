"""The file has no function center; those that it has are tested all the same.

Outcome: error
Says: missing_function.py has no function center
"""

import numpy as np


def spread(x: np.ndarray) -> float:
    """Return the sample standard deviation."""
    if len(x) < 2:
        raise ValueError("x")
    return float(np.sqrt(np.cov(x)))
