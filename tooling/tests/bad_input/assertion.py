"""An assertion inside the function fails.

Outcome: error
Says: center raised AssertionError in line {here}: x must be two-dimensional
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Refuse rows."""
    assert x.ndim == 2, "x must be two-dimensional"  # here
    return x - x.mean()
