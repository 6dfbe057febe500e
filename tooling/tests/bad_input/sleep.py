"""The function sleeps.

Outcome: timeout
Says: center was still running after 1 s, in line {here} of sleep.py.
"""

import time

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean, next week."""
    time.sleep(600_000)  # here
    return x - x.mean()
