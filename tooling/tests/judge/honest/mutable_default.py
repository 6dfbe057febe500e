"""A default that remembers."""

import numpy as np


def center(x: np.ndarray, seen: list[int] = []) -> np.ndarray:
    """Return the values minus their mean."""
    seen.append(len(x))
    if not len(x):
        raise ValueError("x is empty")
    return x - x.mean()
