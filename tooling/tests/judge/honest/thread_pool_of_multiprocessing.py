"""A pool of threads that has the interface of one of processes."""

from multiprocessing.pool import ThreadPool

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    with ThreadPool(2) as pool:
        (mean,) = pool.map(np.mean, [x])
    return x - mean
