"""Each thread has its own."""

import threading

import numpy as np

LOCAL = threading.local()


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    LOCAL.mean = x.mean()
    thread = threading.Thread(target=lambda: setattr(LOCAL, "mean", 0.0))
    thread.start()
    thread.join()
    return x - LOCAL.mean
