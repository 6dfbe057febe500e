"""Memory that processes could share.

Ends: error
Says: shares no memory
"""

from multiprocessing import shared_memory

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    block = shared_memory.SharedMemory(create=True, size=8 * len(x))
    try:
        shared = np.ndarray(x.shape, buffer=block.buf)
        shared[:] = x
        mean = shared.mean()
        del shared
    finally:
        block.close()
        block.unlink()
    return x - mean
