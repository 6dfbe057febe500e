"""pandas, scipy.special and scikit-learn do most of the work."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import expit, logit, xlog1py, xlogy
from sklearn.metrics import precision_recall_curve
from sklearn.neighbors import NearestNeighbors

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import FitPredict, Resample


def balanced_class_weights(y: np.ndarray) -> dict[int, float]:
    """1 / count, scaled so that the mean weight of a row is 1."""
    labels = pd.Series(y)
    if labels.empty:
        raise ValueError("y must not be empty")
    raw = 1 / labels.value_counts()
    return dict((raw / labels.map(raw).mean()).to_dict())


def undersample(y: np.ndarray, minority_share: float, rng: np.random.Generator) -> np.ndarray:
    """Draw the rows with Series.sample."""
    if not 0 < minority_share < 1:
        raise ValueError(f"minority_share is {minority_share}, not between 0 and 1")
    labels = pd.Series(y)
    counts = labels.value_counts().sort_index(kind="stable")
    if len(counts) != 2:
        raise ValueError("y must hold two labels")
    is_rare = labels == counts.idxmin()
    n_rare = int(is_rare.sum())
    n_kept = min(int((~is_rare).sum()), int(np.rint(n_rare / minority_share - n_rare)))
    drawn = labels[~is_rare].sample(n=n_kept, random_state=rng)
    return np.asarray(pd.concat([labels[is_rare], drawn]).sort_index().index)


def smote(X_min: np.ndarray, n_new: int, k: int, rng: np.random.Generator) -> np.ndarray:
    """Ask NearestNeighbors for the neighbours of the fitted rows: it leaves the row itself out."""
    if len(X_min) < 2 or not np.isfinite(X_min).all():
        raise ValueError("X_min needs at least two rows, all finite")
    if n_new < 0:
        raise ValueError("n_new must be 0 or more")
    if k < 1:
        raise ValueError("k must be 1 or more")
    searcher = NearestNeighbors(n_neighbors=min(k, len(X_min) - 1)).fit(X_min)
    nearest = searcher.kneighbors(return_distance=False)
    pairs = np.column_stack([np.repeat(np.arange(len(X_min)), nearest.shape[1]), nearest.ravel()])
    start, end = pairs[rng.choice(len(pairs), size=n_new)].T
    rows, u = X_min.astype(float), rng.uniform(0, 1, n_new)
    return np.asarray(rows[start] + np.einsum("i,ij->ij", u, rows[end] - rows[start]))


def weighted_log_loss(y: np.ndarray, p: np.ndarray, w: np.ndarray) -> float:
    """Take xlogy and xlog1py for the two labels, a dot product for the mean."""
    if not y.size or not set(np.unique(y)) <= {0, 1}:
        raise ValueError("y needs rows, labelled 0 or 1")
    for name, values in (("p", p), ("w", w)):
        if values.shape != y.shape:
            raise ValueError(f"{name} has shape {values.shape}, y has {y.shape}")
        if np.isnan(values).any() or (values < 0).any():
            raise ValueError(f"{name} holds NaN or a negative value")
    if (p > 1).any():
        raise ValueError("p is above 1")
    if not w.sum() > 0:
        raise ValueError("w sums to 0")
    eps = np.finfo(np.float64).eps
    q = np.minimum(np.maximum(p, eps), 1 - eps)
    return float(-(xlogy(y, q) + xlog1py(1 - y, -q)) @ (w / w.sum()))


def correct_prior(p: np.ndarray, train_prior: float, true_prior: float) -> np.ndarray:
    """Add the change of the prior's log-odds to the log-odds."""
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("p must be probabilities")
    if not 0 < train_prior < 1:
        raise ValueError("train_prior must be inside (0, 1)")
    if not 0 < true_prior < 1:
        raise ValueError("true_prior must be inside (0, 1)")
    return np.asarray(expit(logit(p) + logit(true_prior) - logit(train_prior)))


def cross_val_resampled(
    fit_predict: "FitPredict",
    X: np.ndarray,
    y: np.ndarray,
    resample: "Resample",
    folds: list[np.ndarray],
    rng: np.random.Generator,
) -> list[float]:
    """np.delete for the training rows, steps of the precision-recall curve for the score."""
    if len(y) != len(X):
        raise ValueError("y must be as long as X")
    if len(folds) == 0:
        raise ValueError("folds is empty")

    def score(fold: np.ndarray) -> float:
        if 1 not in y[fold]:
            raise ValueError("one of the folds has no label 1")
        fitted = resample(np.delete(X, fold, axis=0), np.delete(y, fold), rng)
        precision, recall, _ = precision_recall_curve(y[fold], fit_predict(*fitted, X[fold]))
        return float(-(np.diff(recall) * precision[:-1]).sum())

    return [score(fold) for fold in folds]
