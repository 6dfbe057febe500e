"""An exception that writes its message itself, and takes two arguments.

Ends: error
Says: center raised BadValueError
"""

import numpy as np


class BadValueError(ValueError):
    """A value is bad."""

    def __init__(self, name: str, value: int) -> None:
        """Keep what is bad."""
        super().__init__(name, value)
        self.name, self.value = name, value

    def __str__(self) -> str:
        """Say it."""
        return f"{self.name} = {self.value} is bad"


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    raise BadValueError("x", len(x))
