"""An exception that comes from another.

Ends: error
Says: RuntimeError
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    try:
        x[len(x)]
    except IndexError as error:
        raise RuntimeError("no such value") from error
