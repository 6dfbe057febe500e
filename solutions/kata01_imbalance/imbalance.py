"""Class imbalance: weights, undersampling, SMOTE, and an evaluation that does not leak."""

from collections import Counter
from collections.abc import Callable

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.metrics import average_precision_score

FitPredict = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
Resample = Callable[[np.ndarray, np.ndarray, np.random.Generator], tuple[np.ndarray, np.ndarray]]


def _require(condition: object, argument: str, rule: str) -> None:
    if not condition:
        raise ValueError(f"{argument} must {rule}")


def _require_open_share(value: float, argument: str) -> None:
    _require(0 < value < 1, argument, "lie strictly between 0 and 1")


def _require_probabilities(p: np.ndarray) -> None:
    _require((np.clip(p, 0, 1) == p).all(), "p", "lie between 0 and 1, without NaN")


def balanced_class_weights(y: np.ndarray) -> dict[int, float]:
    """N / (k * n_c) for each of the k classes that occur in y."""
    _require(len(y), "y", "not be empty")
    counts = Counter(y.tolist())
    return {label: len(y) / (len(counts) * n) for label, n in sorted(counts.items())}


def undersample(y: np.ndarray, minority_share: float, rng: np.random.Generator) -> np.ndarray:
    """Ascending row numbers: every minority row, and majority rows drawn without replacement."""
    _require_open_share(minority_share, "minority_share")
    labels, counts = np.unique(y, return_counts=True)
    _require(labels.shape == (2,), "y", "hold exactly two different labels")
    wanted = round(counts.min() * (1 - minority_share) / minority_share)
    majority = np.flatnonzero(y != labels[counts.argmin()])
    return np.setdiff1d(np.arange(len(y)), rng.permutation(majority)[wanted:])


def smote(X_min: np.ndarray, n_new: int, k: int, rng: np.random.Generator) -> np.ndarray:
    """Points x_i + u * (x_nn - x_i), one u a point, nn among the k nearest other rows."""
    m = len(X_min)
    _require(m > 1, "X_min", "hold at least two rows")
    _require(np.isfinite(X_min).all(), "X_min", "be finite")
    _require(n_new >= 0, "n_new", "not be negative")
    _require(k >= 1, "k", "be at least 1")
    X = X_min.astype(float)
    distance = cdist(X, X)
    np.fill_diagonal(distance, np.inf)  # a row ranks last among its own neighbours
    nearest = distance.argsort()
    base = rng.integers(m, size=n_new)
    partner = nearest[base, rng.integers(min(k, m - 1), size=n_new)]
    u = rng.random((n_new, 1))
    return np.asarray(X[base] + u * (X[partner] - X[base]))


def weighted_log_loss(y: np.ndarray, p: np.ndarray, w: np.ndarray) -> float:
    """sum(w * loss) / sum(w): the scale of the weights cancels."""
    _require(len(y), "y", "not be empty")
    _require(np.isin(y, (0, 1)).all(), "y", "hold only 0 and 1")
    _require(p.shape == y.shape, "p", "have the shape of y")
    _require(w.shape == y.shape, "w", "have the shape of y")
    _require_probabilities(p)
    _require((w >= 0).all() and w.any(), "w", "be non-negative and not all 0, without NaN")
    eps = np.finfo(float).eps
    q = np.clip(p, eps, 1 - eps)
    return float(np.average(-np.log(np.where(y, q, 1 - q)), weights=w))


def correct_prior(p: np.ndarray, train_prior: float, true_prior: float) -> np.ndarray:
    """Bayes' rule: reweight both classes by true share over training share, renormalise."""
    _require_probabilities(p)
    _require_open_share(train_prior, "train_prior")
    _require_open_share(true_prior, "true_prior")
    q = p.astype(float)
    positive = q * true_prior / train_prior
    negative = (1 - q) * (1 - true_prior) / (1 - train_prior)
    return positive / (positive + negative)


def cross_val_resampled(
    fit_predict: FitPredict,
    X: np.ndarray,
    y: np.ndarray,
    resample: Resample,
    folds: list[np.ndarray],
    rng: np.random.Generator,
) -> list[float]:
    """Split first; resample what is left for training; score untouched rows."""
    _require(X.shape[:1] == y.shape, "y", "have one label per row of X")
    _require(len(folds), "folds", "not be empty")
    scores = []
    for test in folds:
        _require(y[test].any(), "folds", "each hold a row labelled 1")
        train = np.setdiff1d(np.arange(len(y)), test)
        X_fit, y_fit = resample(X[train], y[train], rng)
        score = fit_predict(X_fit, y_fit, X[test])
        scores.append(float(average_precision_score(y[test], score)))
    return scores
