"""A list comes back where an array was promised.

Outcome: failed
Says: center returned a list
"""

import numpy as np


def center(x: np.ndarray) -> list[float]:
    """Return the values minus their mean, as a list."""
    return [float(value) for value in x - np.mean(x)]
