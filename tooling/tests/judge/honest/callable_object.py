"""An object in the function's place."""

import numpy as np


class Center:
    """Takes the mean off."""

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """Return the values minus their mean."""
        if not len(x):
            raise ValueError("x is empty")
        return x - x.mean()


center = Center()
