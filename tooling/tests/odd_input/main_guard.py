"""What stands under the guard is for running the file by hand."""

import sys

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x")
    return x - x.mean()


if __name__ == "__main__":
    sys.exit(3)
