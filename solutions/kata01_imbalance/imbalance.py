"""Class imbalance: weights, undersampling, SMOTE, decisions, an evaluation that does not leak."""

from collections import Counter
from collections.abc import Callable

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.metrics import average_precision_score

FitPredict = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
Resample = Callable[[np.ndarray, np.ndarray, np.random.Generator], tuple[np.ndarray, np.ndarray]]


def balanced_class_weights(y: np.ndarray) -> dict[int, float]:
    """N / (k * n_c) for each of the k classes that occur in y."""
    counts = Counter(y.tolist())
    return {label: len(y) / (len(counts) * n) for label, n in sorted(counts.items())}


def undersample(y: np.ndarray, minority_share: float, rng: np.random.Generator) -> np.ndarray:
    """Ascending row numbers: every minority row, and majority rows drawn without replacement."""
    labels, counts = np.unique(y, return_counts=True)
    is_rare = y == labels[counts.argmin()]
    rare, common = np.flatnonzero(is_rare), np.flatnonzero(~is_rare)
    wanted = round(len(rare) * (1 - minority_share) / minority_share)
    return np.sort(np.concatenate([rare, rng.permutation(common)[:wanted]]))


def smote(X_min: np.ndarray, n_new: int, k: int, rng: np.random.Generator) -> np.ndarray:
    """Points x_i + u * (x_nn - x_i), one u a point, nn among the k nearest other rows."""
    m = len(X_min)
    distance = cdist(X_min, X_min)
    np.fill_diagonal(distance, np.inf)  # a row ranks last among its own neighbours
    nearest = distance.argsort()
    base = rng.integers(m, size=n_new)
    partner = nearest[base, rng.integers(min(k, m - 1), size=n_new)]
    u = rng.random((n_new, 1))
    return np.asarray(X_min[base] + u * (X_min[partner] - X_min[base]))


def weighted_log_loss(y: np.ndarray, p: np.ndarray, w: np.ndarray) -> float:
    """sum(w * loss) / sum(w): the scale of the weights cancels."""
    eps = np.finfo(float).eps
    q = np.clip(p, eps, 1 - eps)
    loss = -np.log(np.where(y == 1, q, 1 - q))
    return float(np.average(loss, weights=w))


def correct_prior(p: np.ndarray, train_prior: float, true_prior: float) -> np.ndarray:
    """Bayes' rule: reweight both classes by true share over training share, renormalise."""
    positive = p * true_prior / train_prior
    negative = (1 - p) * (1 - true_prior) / (1 - train_prior)
    return positive / (positive + negative)


def decision_costs(
    y: np.ndarray, p: np.ndarray, train_prior: float, cost_miss: float, cost_false_alarm: float
) -> tuple[float, float]:
    """Flag where p is at least c_fa / (c_fa + c_miss); a p learned at another rate is corrected."""
    threshold = cost_false_alarm / (cost_false_alarm + cost_miss)

    def cost(probability: np.ndarray) -> float:
        flagged = probability >= threshold
        return float(np.where(flagged, cost_false_alarm * (y == 0), cost_miss * (y == 1)).mean())

    return cost(p), cost(correct_prior(p, train_prior, float(y.mean())))


def cross_val_resampled(
    fit_predict: FitPredict,
    X: np.ndarray,
    y: np.ndarray,
    resample: Resample,
    folds: list[np.ndarray],
    rng: np.random.Generator,
) -> list[float]:
    """Split first; resample what is left for training; score untouched rows."""
    scores = []
    for test in folds:
        train = np.setdiff1d(np.arange(len(y)), test)
        X_fit, y_fit = resample(X[train], y[train], rng)
        score = fit_predict(X_fit, y_fit, X[test])
        scores.append(float(average_precision_score(y[test], score)))
    return scores
