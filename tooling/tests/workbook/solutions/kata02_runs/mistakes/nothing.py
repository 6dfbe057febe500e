"""The largest of no runs is asked for."""

import itertools

import numpy as np


def longest_run(x: np.ndarray) -> int:
    """Return the length of the longest stretch, at least 1."""
    return max((len(list(group)) for _, group in itertools.groupby(x)), default=1)
