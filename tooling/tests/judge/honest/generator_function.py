"""A generator in the function's place.

Ends: failed
Says: center returned a generator
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Yield the values minus their mean."""
    yield from x - x.mean()
