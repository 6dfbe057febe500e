"""Boosting, which has threads of its own."""

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    HistGradientBoostingRegressor(max_iter=2).fit(np.arange(60.0)[:, None], np.arange(60.0))
    return x - x.mean()
