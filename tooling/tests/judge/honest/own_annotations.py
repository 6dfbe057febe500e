"""Its own annotations and signature."""

import inspect
import typing

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    assert typing.get_type_hints(center)["return"] is np.ndarray
    assert list(inspect.signature(center).parameters) == ["x"]
    return x - x.mean()
