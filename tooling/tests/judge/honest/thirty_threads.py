"""As many threads at once as a pool starts by itself."""

import threading

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    barrier = threading.Barrier(31)
    threads = [threading.Thread(target=barrier.wait) for _ in range(30)]
    for thread in threads:
        thread.start()
    barrier.wait(5)
    for thread in threads:
        thread.join()
    return x - x.mean()
