"""Boosting, which has threads of its own."""

from sklearn.ensemble import HistGradientBoostingRegressor

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    HistGradientBoostingRegressor(max_iter=2).fit(np.arange(60.0)[:, None], np.arange(60.0))
    return x - x.mean()
