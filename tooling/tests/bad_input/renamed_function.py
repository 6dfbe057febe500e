"""The function goes by the British spelling.

Outcome: error
Says: has no function center. Did you mean 'centre'?
"""

import numpy as np


def centre(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    return x - x.mean()
