"""A transform with threads of its own."""

import numpy as np
import scipy.fft


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    scipy.fft.fft(np.ones((8, 64)), workers=2)
    return x - x.mean()
