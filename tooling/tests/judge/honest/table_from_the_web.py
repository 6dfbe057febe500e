"""A table from the web, read by pandas.

Ends: error
Says: has no network
"""

import numpy as np
import pandas as pd


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    pd.read_csv("http://127.0.0.1:9/data.csv")
    return x - x.mean()
