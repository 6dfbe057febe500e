"""Only a change ends a run, so that the last one is lost."""

import numpy as np


def longest_run(x: np.ndarray) -> int:
    """Return the longest distance between two changes."""
    changes = np.flatnonzero(np.diff(x)) + 1
    return int(max(np.diff(changes, prepend=0), default=min(x.size, 1)))
