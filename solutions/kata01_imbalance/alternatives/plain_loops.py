"""Plain Python arithmetic, one row at a time where the contract lets them."""

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
    return {label: len(y) / len(counts) / n for label, n in counts.items()}


def undersample(y: np.ndarray, minority_share: float, rng: np.random.Generator) -> np.ndarray:
    """Shuffle a list of majority rows with Python's random, seeded from rng; halves round up."""
    rows_of: dict[int, list[int]] = {}
    for row, label in enumerate(y.tolist()):
        rows_of.setdefault(label, []).append(row)
    rare, common = sorted(rows_of, key=lambda label: len(rows_of[label]))
    share = Fraction(minority_share).limit_denominator(10**9)
    exact = len(rows_of[rare]) * (1 - share) / share
    others = rows_of[common]
    random.Random(int(rng.integers(2**62))).shuffle(others)
    return np.array(sorted(rows_of[rare] + others[: math.floor(exact + Fraction(1, 2))]), dtype=int)


def smote(X_min: np.ndarray, n_new: int, k: int, rng: np.random.Generator) -> np.ndarray:
    """One row of distances at a time, the row itself removed by its number."""
    rows = range(X_min.shape[0])
    lists = []
    for i in rows:
        distance = {j: math.dist(X_min[i], X_min[j]) for j in rows if j != i}
        lists.append(sorted(distance, key=lambda j: distance[j])[:k])
    table = np.array(lists)
    u = rng.random(n_new)[:, None]
    base = rng.choice(len(rows), size=n_new)
    column = rng.choice(table.shape[1], size=n_new)
    return np.asarray((1 - u) * X_min[base] + u * X_min[table[base, column]])


def weighted_log_loss(y: np.ndarray, p: np.ndarray, w: np.ndarray) -> float:
    """Add up one row at a time."""
    losses = []
    for label, q, weight in zip(y.tolist(), p.tolist(), w.tolist(), strict=True):
        right = q if label == 1 else 1 - q
        losses.append(-weight * math.log(max(right, 1e-300)))
    return math.fsum(losses) / math.fsum(w.tolist())


def correct_prior(p: np.ndarray, train_prior: float, true_prior: float) -> np.ndarray:
    """Change the odds of one probability at a time."""
    factor = true_prior * (1 - train_prior) / (train_prior * (1 - true_prior))
    corrected = []
    for q in p.tolist():
        corrected.append(1.0 if q == 1 else factor * q / (1 - q) / (1 + factor * q / (1 - q)))
    return np.array(corrected)


def decision_costs(
    y: np.ndarray, p: np.ndarray, train_prior: float, cost_miss: float, cost_false_alarm: float
) -> tuple[float, float]:
    """Leave p alone and move the threshold to where the model's odds break even."""
    rate = int(y.sum()) / len(y)
    even = cost_false_alarm / cost_miss
    even_in_training = even * train_prior / (1 - train_prior) * (1 - rate) / rate
    costs = []
    for odds in (even, even_in_training):
        paid: float = 0
        for label, chance in zip(y.tolist(), p.tolist(), strict=True):
            flag = chance > odds * (1 - chance)
            if flag and label == 0:
                paid += cost_false_alarm
            elif label == 1 and not flag:
                paid += cost_miss
        costs.append(paid / len(y))
    return costs[0], costs[1]


def cross_val_resampled(
    fit_predict: "FitPredict",
    X: np.ndarray,
    y: np.ndarray,
    resample: "Resample",
    folds: list[np.ndarray],
    rng: np.random.Generator,
) -> list[float]:
    """Masks for the rows, and average precision by walking down the ranking."""
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
