"""A column of pandas'.

Ends: failed
Says: center returned a Series; the stub promises an ndarray
"""

import numpy as np
import pandas as pd


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return pd.Series(x) - x.mean()
