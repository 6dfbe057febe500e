"""A pool of processes.

Ends: error
Says: starts no other process
"""

from concurrent.futures import ProcessPoolExecutor

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    with ProcessPoolExecutor(2) as pool:
        parts = list(pool.map(np.sum, np.array_split(x, 2)))
    return x - sum(parts) / len(x)
