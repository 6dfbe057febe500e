"""The library goes by another name.

Outcome: forbidden
Says: uses statistics in line {here}
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    import statistics as harmless  # here

    return x - harmless.fmean(x)
