"""The caller's folds are sorted in place.

Fails: TestCrossValResampled::test_the_folds_stay_as_they_are
"""

from typing import TYPE_CHECKING

import numpy as np
from sklearn.metrics import average_precision_score

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import FitPredict, Resample, _require


def cross_val_resampled(
    fit_predict: "FitPredict",
    X: np.ndarray,
    y: np.ndarray,
    resample: "Resample",
    folds: list[np.ndarray],
    rng: np.random.Generator,
) -> list[float]:
    """Score each fold."""
    _require(X.shape[:1] == y.shape, "y", "have one label per row of X")
    _require(len(folds), "folds", "not be empty")
    scores = []
    for test in folds:
        _require(y[test].any(), "folds", "each hold a row labelled 1")
        test.sort()
        train = np.setdiff1d(np.arange(len(y)), test)
        X_fit, y_fit = resample(X[train], y[train], rng)
        score = fit_predict(X_fit, y_fit, X[test])
        scores.append(float(average_precision_score(y[test], score)))
    return scores
