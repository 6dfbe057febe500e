"""A module that makes its names when they are asked for."""

import numpy as np


def __getattr__(name: str):
    if name == "LAZY":
        return 0.0
    raise AttributeError(name)


def __dir__():
    return ["LAZY"]


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - x.mean()
