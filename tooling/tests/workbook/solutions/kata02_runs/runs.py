"""Runs: how long a value repeats itself."""

import numpy as np


def longest_run(x: np.ndarray) -> int:
    """Return the length of the longest stretch of equal neighbours."""
    if not x.size:
        return 0
    pieces = np.split(x, np.flatnonzero(np.diff(x)) + 1)
    return max(map(len, pieces))
