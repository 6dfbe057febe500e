"""A thread waits on after the answer; the run does not wait for it."""

import threading

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean, and leave somebody behind."""
    threading.Thread(target=threading.Event().wait).start()
    if not len(x):
        raise ValueError("x")
    return x - x.mean()
