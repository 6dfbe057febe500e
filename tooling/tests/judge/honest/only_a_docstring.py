"""The function says what it does, and does nothing.

Ends: failed
Says: center returned None
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    pass
