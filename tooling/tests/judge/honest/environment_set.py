"""Settings in the environment."""

import os

import numpy as np

os.environ["OMP_NUM_THREADS"] = "1"


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    assert os.environ.get("NO_SUCH_SETTING") is None
    os.environ["CENTER"] = "1"
    assert os.getenv("CENTER") == "1"
    assert os.path.expanduser("~")
    return x - x.mean()
