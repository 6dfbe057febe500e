"""Its own line, through linecache."""

import linecache

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    line = center.__code__.co_firstlineno
    assert linecache.getline(center.__code__.co_filename, line).startswith("def center")
    return x - x.mean()
