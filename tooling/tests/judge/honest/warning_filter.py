"""Warnings are switched off."""

import warnings

import numpy as np

warnings.filterwarnings("ignore")


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    with np.errstate(all="ignore"):
        np.array([1.0]) / 0
    return x - x.mean()
