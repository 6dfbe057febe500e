"""An exception of pandas'.

Ends: error
Says: TypeError
"""

import numpy as np
import pandas as pd


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return pd.Series(x).astype("no such type").to_numpy()
