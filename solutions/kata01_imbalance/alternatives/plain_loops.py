"""Python's own loops, dicts and math, one row at a time where the contract lets them."""

import math
import random
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata01_imbalance.imbalance import FitPredict, Resample


def balanced_class_weights(y: np.ndarray) -> dict[int, float]:
    """Count with a Counter."""
    counts = Counter(int(label) for label in y)
    if not counts:
        raise ValueError("y has no rows")
    return {label: len(y) / len(counts) / n for label, n in counts.items()}


def undersample(y: np.ndarray, minority_share: float, rng: np.random.Generator) -> np.ndarray:
    """Shuffle a list of majority rows with Python's random, seeded from rng; halves round up."""
    rows_of: dict[int, list[int]] = {}
    for row, label in enumerate(y.tolist()):
        rows_of.setdefault(label, []).append(row)
    if len(rows_of) != 2:
        raise ValueError(f"y has {len(rows_of)} labels, not 2")
    if not (minority_share > 0 and minority_share < 1):
        raise ValueError("minority_share must be more than 0 and less than 1")
    rare, common = sorted(rows_of, key=lambda label: (len(rows_of[label]), label))
    share = Fraction(minority_share).limit_denominator(10**9)
    exact = len(rows_of[rare]) * (1 - share) / share
    others = rows_of[common]
    random.Random(int(rng.integers(2**62))).shuffle(others)
    return np.array(sorted(rows_of[rare] + others[: math.floor(exact + Fraction(1, 2))]), dtype=int)


def smote(X_min: np.ndarray, n_new: int, k: int, rng: np.random.Generator) -> np.ndarray:
    """One row of distances at a time, the row itself removed by its number."""
    if X_min.shape[0] < 2 or not np.isfinite(X_min).all():
        raise ValueError("X_min needs two finite rows")
    if n_new < 0:
        raise ValueError("n_new is negative")
    if k < 1:
        raise ValueError("k is less than 1")
    rows = range(X_min.shape[0])
    lists = []
    for i in rows:
        order = np.argsort(np.sqrt(((X_min - X_min[i]) ** 2).sum(axis=1)))
        lists.append(order[order != i][:k])
    table = np.array(lists)
    u = rng.random(n_new)[:, None]
    base = rng.choice(len(rows), size=n_new)
    column = rng.choice(table.shape[1], size=n_new)
    return np.asarray((1 - u) * X_min[base] + u * X_min[table[base, column]])


def weighted_log_loss(y: np.ndarray, p: np.ndarray, w: np.ndarray) -> float:
    """Add up one row at a time."""
    if len(y) == 0:
        raise ValueError("y is empty")
    if p.shape != (len(y),):
        raise ValueError("p must have the length of y")
    if w.shape != (len(y),):
        raise ValueError("w must have the length of y")
    losses, weights = [], []
    for label, q, weight in zip(y.tolist(), p.tolist(), w.tolist(), strict=True):
        if label not in (0, 1):
            raise ValueError(f"y holds {label}")
        if not 0 <= q <= 1:
            raise ValueError(f"p holds {q}")
        if not weight >= 0:
            raise ValueError(f"w holds {weight}")
        right = q if label == 1 else 1 - q
        losses.append(-weight * math.log(max(right, 2**-52)))
        weights.append(weight)
    if math.fsum(weights) == 0:
        raise ValueError("w is all 0")
    return math.fsum(losses) / math.fsum(weights)


def correct_prior(p: np.ndarray, train_prior: float, true_prior: float) -> np.ndarray:
    """Change the odds of one probability at a time."""
    for name, prior in (("train_prior", train_prior), ("true_prior", true_prior)):
        if not 0 < prior < 1:
            raise ValueError(f"{name} is {prior}")
    factor = true_prior * (1 - train_prior) / (train_prior * (1 - true_prior))
    corrected = []
    for q in p.tolist():
        if math.isnan(q) or q < 0 or q > 1:
            raise ValueError(f"p holds {q}")
        corrected.append(1.0 if q == 1 else factor * q / (1 - q) / (1 + factor * q / (1 - q)))
    return np.array(corrected)


def cross_val_resampled(
    fit_predict: "FitPredict",
    X: np.ndarray,
    y: np.ndarray,
    resample: "Resample",
    folds: list[np.ndarray],
    rng: np.random.Generator,
) -> list[float]:
    """Masks for the rows, and average precision by walking down the ranking."""
    if len(X) != len(y):
        raise ValueError("y and X have different lengths")
    if not folds or any(y[fold].sum() == 0 for fold in folds):
        raise ValueError("folds: none, or one without a positive")
    result = []
    for fold in folds:
        mask = np.zeros(len(y), dtype=bool)
        mask[fold] = True
        X_fit, y_fit = resample(X[~mask], y[~mask], rng)
        scores = fit_predict(X_fit, y_fit, X[mask])
        labels, total, average = y[mask], 0.0, 0.0
        for threshold in sorted(set(scores.tolist()), reverse=True):
            found = labels[scores >= threshold]
            average += (found.sum() - total) / labels.sum() * found.mean()
            total = found.sum()
        result.append(float(average))
    return result
