"""A warning, recorded."""

import warnings

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        warnings.warn("centering", RuntimeWarning, stacklevel=2)
    assert len(seen) == 1
    return x - x.mean()
