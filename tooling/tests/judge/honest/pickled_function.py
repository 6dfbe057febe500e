"""Its own functions, pickled and read back."""

import pickle

import numpy as np


def average(x: np.ndarray) -> float:
    """Return the mean."""
    return x.mean()


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    assert pickle.loads(pickle.dumps(center)) is center
    return x - pickle.loads(pickle.dumps(average))(x)
