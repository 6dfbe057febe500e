"""The standard library groups equal neighbours."""

import itertools

import numpy as np


def longest_run(x: np.ndarray) -> int:
    """Return the length of the longest stretch of equal neighbours."""
    return max((len(list(group)) for _, group in itertools.groupby(x)), default=0)
