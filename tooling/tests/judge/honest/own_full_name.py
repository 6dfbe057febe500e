"""Itself, by its full name."""

import numpy as np
from katas.kata01_spread.spread import Summary


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    assert Summary is not None
    return x - x.mean()
