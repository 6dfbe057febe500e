"""An exception that writes its message itself, where a test expects one that names x."""

import numpy as np


class EmptyError(ValueError):
    """There is nothing."""

    def __init__(self, code: int) -> None:
        """Keep a code."""
        self.code = code

    def __str__(self) -> str:
        """Say it."""
        return f"x is empty ({self.code})"


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise EmptyError(7)
    return x - x.mean()
