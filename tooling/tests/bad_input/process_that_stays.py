"""A forked process sleeps on after the answer: none is started.

Outcome: error
Says: center raised PermissionError in line {here}: your code starts no other process here
"""

import os
import time

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean, and leave somebody behind."""
    if not os.fork():  # here
        time.sleep(600_000)
        os._exit(0)
    return x - x.mean()
