"""A process that is started afresh.

Ends: error
Says: starts no other process
"""

import multiprocessing

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    process = multiprocessing.get_context("spawn").Process(target=print)
    process.start()
    process.join()
    return x - x.mean()
