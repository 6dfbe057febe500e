"""A traceback that shows its own lines."""

import traceback

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    try:
        x[len(x)]
    except IndexError:
        assert "x[len(x)]" in traceback.format_exc()
    return x - x.mean()
