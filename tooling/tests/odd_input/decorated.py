"""A decorator keeps the name and the parameters of what it wraps."""

import functools
from collections.abc import Callable

import numpy as np


def refusing_nothing(function: Callable[[np.ndarray], np.ndarray]) -> Callable[..., np.ndarray]:
    """Refuse an empty array before the function sees it."""

    @functools.wraps(function)
    def refusing(*args: np.ndarray, **kwargs: np.ndarray) -> np.ndarray:
        if not len([*args, *kwargs.values()][0]):
            raise ValueError("x")
        return function(*args, **kwargs)

    return refusing


@refusing_nothing
def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    return x - x.mean()
