"""A column comes back where a row was promised.

Outcome: failed
Says: came back  (7, 1)
Says: expected   (7,)
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean, as a column."""
    return (x - x.mean())[:, None]
