"""Cross-validation with two jobs."""

import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import cross_val_score


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    cross_val_score(LinearRegression(), np.arange(10.0)[:, None], np.arange(10.0), cv=2, n_jobs=2)
    return x - x.mean()
