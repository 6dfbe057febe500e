"""A warning of its own."""

import warnings

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    warnings.warn("centering", UserWarning, stacklevel=2)
    return x - x.mean()
