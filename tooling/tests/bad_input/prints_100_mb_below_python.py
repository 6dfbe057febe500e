"""A hundred megabytes go straight to the file descriptor.

Outcome: error
Says: Take the print out of the loop.
"""

import os

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean, and say a lot."""
    for _ in range(100):
        os.write(1, b"x" * 2**20)
    if not len(x):
        raise ValueError("x")
    return x - x.mean()
