"""A file that takes a moment to import."""

import time

import numpy as np

time.sleep(0.3)


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - x.mean()
