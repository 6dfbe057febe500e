"""All distances between a hundred thousand values, and more, are held at once.

Outcome: memory
Says: center asked for too much memory in line {here}.
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Allocate 80 GB."""
    return np.empty((100_000, 100_000)) + x.mean()  # here
