"""Much is printed, and less than the limit."""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    for _ in range(5000):
        print("." * 99)
    return x - x.mean()
