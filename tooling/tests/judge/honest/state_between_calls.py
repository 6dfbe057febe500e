"""What was computed is kept in a global between calls."""

import numpy as np

CACHE: dict[bytes, np.ndarray] = {}
count = 0


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    global count
    count += 1
    if not len(x):
        raise ValueError("x is empty")
    key = x.tobytes()
    if key not in CACHE:
        CACHE[key] = x - x.mean()
    return CACHE[key]
