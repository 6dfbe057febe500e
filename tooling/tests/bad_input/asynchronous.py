"""A coroutine comes back, which nobody awaits.

Outcome: failed
Says: center returned a coroutine
"""

import numpy as np


async def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean, later."""
    return x - x.mean()
