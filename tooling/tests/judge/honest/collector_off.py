"""The collector of garbage is switched off."""

import gc

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    gc.disable()
    gc.collect()
    return x - x.mean()
