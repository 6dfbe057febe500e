"""Words that are to be seen at once."""

import sys

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    print("é", end="", flush=True)
    sys.stdout.write("!\n")
    return x - x.mean()
