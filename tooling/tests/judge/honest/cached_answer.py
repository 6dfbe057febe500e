"""The function remembers its answers, by the bytes of what it was given."""

import functools

import numpy as np


@functools.lru_cache
def centered(data: bytes) -> np.ndarray:
    """Return the values minus their mean."""
    x = np.frombuffer(data)
    if not len(x):
        raise ValueError("x is empty")
    return x - x.mean()


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    return centered(x.tobytes())
