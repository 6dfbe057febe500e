"""All equal values are counted, neighbours or not."""

import numpy as np


def longest_run(x: np.ndarray) -> int:
    """Return how often the most frequent value occurs."""
    return int(max(np.unique(x, return_counts=True)[1], default=0))
