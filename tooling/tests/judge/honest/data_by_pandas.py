"""A table in the kata's folder, read by pandas.

Beside: kata
Ends: error
Says: data.csv
"""

import numpy as np
import pandas as pd


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - pd.read_csv("katas/kata01_spread/data.csv").size
