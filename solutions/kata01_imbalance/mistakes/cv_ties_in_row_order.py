"""Equal scores are ranked in row order, each row its own threshold.

Fails: TestCrossValResampled::test_equal_scores_share_one_threshold
"""

from typing import TYPE_CHECKING

import numpy as np

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
        hit = y[test][np.argsort(-score, kind="stable")]
        precision = np.cumsum(hit) / np.arange(1, len(hit) + 1)
        scores.append(float(precision[hit == 1].mean()))
    return scores
