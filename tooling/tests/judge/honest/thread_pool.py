"""Threads of a pool compute the parts of the sum."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    with ThreadPoolExecutor() as pool:
        parts = list(pool.map(np.sum, np.array_split(x, 4)))
    return x - sum(parts) / len(x)
