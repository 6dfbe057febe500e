"""A timer computes the mean a moment later."""

import threading

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    found = []
    timer = threading.Timer(0.001, lambda: found.append(x.mean()))
    timer.start()
    timer.join()
    return x - found[0]
