"""A coroutine in the function's place.

Ends: failed
Says: center returned a coroutine
"""

import numpy as np


async def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    return x - x.mean()
