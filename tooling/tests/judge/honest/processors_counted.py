"""How many processors there are."""

import multiprocessing
import os

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    assert (os.cpu_count() or 1) >= 1
    assert multiprocessing.cpu_count() >= 1
    return x - x.mean()
