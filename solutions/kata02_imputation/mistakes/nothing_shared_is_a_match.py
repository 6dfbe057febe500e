"""A row that shares no column is at distance 0.

Fails: TestKnnFill::test_a_row_that_shares_no_column_is_no_donor
"""

import numpy as np


def knn_fill(train: np.ndarray, X: np.ndarray, k: int) -> np.ndarray:
    """Fill each gap of `X` with the mean of its k nearest donors in `train`."""
    if k < 1:
        raise ValueError("k: at least 1")
    if X.shape[1:] != train.shape[1:]:
        raise ValueError("X: as many columns as train")
    seen = ~np.isnan(train)
    if not seen.any(axis=0).all():
        raise ValueError("train: a column has no value")
    filled = np.where(np.isnan(X), np.nanmean(train, axis=0), X)
    for i, j in np.argwhere(np.isnan(X)):
        donors = np.flatnonzero(seen[:, j])
        if donors.size:
            square = (train[donors] - X[i]) ** 2
            shared = (~np.isnan(square)).sum(axis=1)
            gap = np.nansum(square, axis=1) / np.maximum(shared, 1)
            nearest = donors[np.argsort(gap, kind="stable")[:k]]
            filled[i, j] = train[nearest, j].mean()
    return filled
