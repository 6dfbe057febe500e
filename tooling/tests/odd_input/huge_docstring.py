"""The docstring is a megabyte long."""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x")
    return x - x.mean()


center.__doc__ = "x" * 2**20
