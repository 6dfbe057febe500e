"""A thread computes the mean."""

import threading

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    found = []
    thread = threading.Thread(target=lambda: found.append(x.mean()))
    thread.start()
    thread.join()
    return x - found[0]
