"""An empty array is divided by its length."""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    return x - x.mean()
