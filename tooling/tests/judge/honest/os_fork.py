"""A second process.

Ends: error
Says: starts no other process
"""

import os

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    if not os.fork():
        os._exit(0)
    return x - x.mean()
