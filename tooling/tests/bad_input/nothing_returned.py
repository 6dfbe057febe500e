"""The return is missing.

Outcome: failed
Says: center returned None; the stub promises an ndarray. Is a return missing?
"""

import numpy as np


def center(x: np.ndarray) -> None:
    """Work out the values minus their mean, and keep them."""
    x - x.mean()
