"""A lock of multiprocessing's, between threads."""

import multiprocessing

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    with multiprocessing.Lock():
        return x - x.mean()
