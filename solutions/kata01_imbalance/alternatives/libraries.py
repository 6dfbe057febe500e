"""pandas, scipy.special and scikit-learn do most of the work."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import expit, logit, xlog1py, xlogy
from sklearn.metrics import confusion_matrix, precision_recall_curve
from sklearn.neighbors import NearestNeighbors

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import FitPredict, Resample


def balanced_class_weights(y: np.ndarray) -> dict[int, float]:
    """1 / count, scaled so that the mean weight of a row is 1."""
    labels = pd.Series(y)
    raw = 1 / labels.value_counts()
    return dict((raw / labels.map(raw).mean()).to_dict())


def undersample(y: np.ndarray, minority_share: float, rng: np.random.Generator) -> np.ndarray:
    """Draw the rows with Series.sample."""
    labels = pd.Series(y)
    is_rare = labels == labels.value_counts().idxmin()
    n_rare = int(is_rare.sum())
    n_kept = min(int((~is_rare).sum()), int(np.rint(n_rare / minority_share - n_rare)))
    drawn = labels[~is_rare].sample(n=n_kept, random_state=rng)
    return np.asarray(pd.concat([labels[is_rare], drawn]).sort_index().index)


def smote(X_min: np.ndarray, n_new: int, k: int, rng: np.random.Generator) -> np.ndarray:
    """Ask NearestNeighbors for the neighbours of the fitted rows: it leaves the row itself out."""
    searcher = NearestNeighbors(n_neighbors=min(k, len(X_min) - 1)).fit(X_min)
    nearest = searcher.kneighbors(return_distance=False)
    pairs = np.column_stack([np.repeat(np.arange(len(X_min)), nearest.shape[1]), nearest.ravel()])
    start, end = pairs[rng.choice(len(pairs), size=n_new)].T
    rows, u = X_min.astype(float), rng.uniform(0, 1, n_new)
    return np.asarray(rows[start] + np.einsum("i,ij->ij", u, rows[end] - rows[start]))


def weighted_log_loss(y: np.ndarray, p: np.ndarray, w: np.ndarray) -> float:
    """Take xlogy and xlog1py for the two labels, a dot product for the mean."""
    q = np.minimum(np.maximum(p, 1e-12), 1 - 1e-12)
    return float(-(xlogy(y, q) + xlog1py(1 - y, -q)) @ (w / w.sum()))


def correct_prior(p: np.ndarray, train_prior: float, true_prior: float) -> np.ndarray:
    """Add the change of the prior's log-odds to the log-odds."""
    return np.asarray(expit(logit(p) + logit(true_prior) - logit(train_prior)))


def decision_costs(
    y: np.ndarray, p: np.ndarray, train_prior: float, cost_miss: float, cost_false_alarm: float
) -> tuple[float, float]:
    """Compare expected costs, and price the confusion matrix."""
    price = np.array([[0, cost_false_alarm], [cost_miss, 0]])
    one, two = (
        float((confusion_matrix(y, flag, labels=[False, True]) * price).sum() / len(y))
        for flag in (
            q * cost_miss > (1 - q) * cost_false_alarm
            for q in (p, correct_prior(p, train_prior, y.mean()))
        )
    )
    return one, two


def cross_val_resampled(
    fit_predict: "FitPredict",
    X: np.ndarray,
    y: np.ndarray,
    resample: "Resample",
    folds: list[np.ndarray],
    rng: np.random.Generator,
) -> list[float]:
    """np.delete for the training rows, steps of the precision-recall curve for the score."""

    def score(fold: np.ndarray) -> float:
        fitted = resample(np.delete(X, fold, axis=0), np.delete(y, fold), rng)
        precision, recall, _ = precision_recall_curve(y[fold], fit_predict(*fitted, X[fold]))
        return float(-(np.diff(recall) * precision[:-1]).sum())

    return [score(fold) for fold in folds]
