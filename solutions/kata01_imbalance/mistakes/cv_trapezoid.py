"""The area under the precision-recall points is taken by trapezoids.

Fails: TestCrossValResampled::test_equal_scores_share_one_threshold
"""

from typing import TYPE_CHECKING

import numpy as np
from sklearn.metrics import auc, precision_recall_curve

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
        train = np.setdiff1d(np.arange(len(y)), test)
        X_fit, y_fit = resample(X[train], y[train], rng)
        score = fit_predict(X_fit, y_fit, X[test])
        precision, recall, _ = precision_recall_curve(y[test], score)
        scores.append(float(auc(recall, precision)))
    return scores
