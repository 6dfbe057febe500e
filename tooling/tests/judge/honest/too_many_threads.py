"""More threads at once than any answer needs.

Ends: error
Says: more than 32 threads
"""

import threading

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    event = threading.Event()
    try:
        for _ in range(100):
            threading.Thread(target=event.wait).start()
    finally:
        event.set()
    return x - x.mean()
