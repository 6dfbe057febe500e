"""Itself, by name, in the list of modules."""

import sys

import numpy as np

calls = 0


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    this = sys.modules[__name__]
    this.calls += 1
    assert calls == this.calls
    assert this.center is center
    return x - x.mean()
