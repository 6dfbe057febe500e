"""multiprocessing's own pool.

Ends: error
Says: starts no other process
"""

import multiprocessing

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    with multiprocessing.Pool(2) as pool:
        parts = pool.map(np.sum, np.array_split(x, 2))
    return x - sum(parts) / len(x)
