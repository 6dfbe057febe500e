"""The function waits for a thread that never ends.

Outcome: timeout
Says: center was still running after 1 s
"""

import threading

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean, when the thread is done."""
    waiting = threading.Thread(target=threading.Event().wait)
    waiting.start()
    waiting.join()
    return x - x.mean()
