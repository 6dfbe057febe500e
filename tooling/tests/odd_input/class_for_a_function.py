"""A class whose instances are arrays stands for the function."""

import numpy as np


class center(np.ndarray):  # noqa: N801 - the stub's name
    """The values minus their mean."""

    def __new__(cls, x: np.ndarray) -> np.ndarray:
        """Return the values minus their mean."""
        if not len(x):
            raise ValueError("x")
        return x - x.mean()
