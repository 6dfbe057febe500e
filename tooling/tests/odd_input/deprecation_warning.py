"""Something that is on its way out is used."""

import warnings

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    warnings.warn("old", DeprecationWarning, stacklevel=1)
    warnings.warn("older", FutureWarning, stacklevel=1)
    if not len(x):
        raise ValueError("x")
    return x - x.mean()
