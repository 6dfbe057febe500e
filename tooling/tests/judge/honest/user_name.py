"""Who is at work."""

import getpass

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    assert getpass.getuser()
    return x - x.mean()
