"""A hundred megabytes are printed, and the answer is right.

Outcome: error
Says: center printed 64 MB in one test; the limit is 1 MB. Take the print out of the loop.
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean, and say a lot."""
    for _ in range(100):
        print("x" * 2**20)
    if not len(x):
        raise ValueError("x")
    return x - x.mean()
