"""The parameter has to be named.

Ends: error
Says: put the stub's parameters back
"""

import numpy as np


def center(*, x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    return x - x.mean()
