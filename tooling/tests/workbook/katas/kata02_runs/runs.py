"""Runs: how long a value repeats itself."""

import numpy as np


def longest_run(x: np.ndarray) -> int:
    """Return the length of the longest stretch of equal neighbours in x, shape (n,).

    An empty array has none: 0.

    >>> longest_run(np.array([4, 7, 7, 4]))
    2
    """
    raise NotImplementedError
