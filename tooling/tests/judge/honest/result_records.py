"""An array of records.

Ends: failed
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return np.array([(v,) for v in x - x.mean()], dtype=[("v", float)])
