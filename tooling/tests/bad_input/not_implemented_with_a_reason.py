"""A case was left out on purpose, and the error says which.

Outcome: error
Says: center raised NotImplementedError in line {here}: no float64 yet
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Take the mean off, of some."""
    raise NotImplementedError(f"no {x.dtype} yet")  # here
