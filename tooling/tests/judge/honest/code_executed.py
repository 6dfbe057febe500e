"""Code that is put together and run."""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    space: dict = {}
    exec("def mean(x):\n    return x.mean()", space)
    return x - space["mean"](x) + eval("0 * len(x)")
