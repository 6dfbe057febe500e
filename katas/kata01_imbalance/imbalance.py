"""Class imbalance: what to change in the data, the loss and the evaluation.

No function changes its inputs. A ValueError names the argument that is wrong. All randomness
comes from `rng`: how often you draw from it, and in which order, is up to you.
"""

from collections.abc import Callable

import numpy as np

FitPredict = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
Resample = Callable[[np.ndarray, np.ndarray, np.random.Generator], tuple[np.ndarray, np.ndarray]]


def balanced_class_weights(y: np.ndarray) -> dict[int, float]:
    """One weight per class, such that every class counts the same.

    y: (n,) integer labels, any integers, one class or more. The keys are the labels in y.
    Give each row the weight of its class: every class then has the same total weight, and the
    total over all n rows is n. Empty y: ValueError naming y.

    >>> balanced_class_weights(np.array([0, 0, 0, 0, 0, 0, 0, 0, 1, 1]))
    {0: 0.625, 1: 2.5}
    """
    raise NotImplementedError


def undersample(y: np.ndarray, minority_share: float, rng: np.random.Generator) -> np.ndarray:
    """Row numbers (integers, ascending) left after dropping majority rows at random.

    y: (n,) integer labels, exactly two different ones, else ValueError naming y. The minority is
    the label with fewer rows; with equal counts, the smaller label.
    minority_share: minority rows / all kept rows, afterwards. Unless 0 < minority_share < 1:
    ValueError naming minority_share.
    All minority rows stay. The number of majority rows that gives the share exactly is rounded
    to the nearest whole number (0 is possible; an exact half may go either way); if the majority
    has fewer than that, all stay. Each majority row has the same chance; none is taken twice.

    >>> len(undersample(np.array([0] * 98 + [1] * 2), 0.25, np.random.default_rng(0)))
    8
    """
    raise NotImplementedError


def smote(X_min: np.ndarray, n_new: int, k: int, rng: np.random.Generator) -> np.ndarray:
    """n_new synthetic rows, (n_new, d) float64, without the original rows.

    X_min: (m, d) minority rows, m >= 2, all finite (floats or integers), else ValueError naming
    X_min. n_new >= 0 (0 gives shape (0, d)) and k >= 1, else ValueError naming the argument.
    Each new row, independently: draw a base row (all m equally likely); draw one of its k
    nearest other rows (all k equally likely); take a uniformly random point of the line segment
    from the base to that neighbour.
    Nearest by Euclidean distance; equal distances: take either. A row is never its own
    neighbour, but a second row with the same values is another row. k above m - 1 means m - 1.
    Cost: the Python steps in this file must not grow with n_new, and at most linearly with m.

    >>> smote(np.array([[0.0, 0.0, 0.0], [2.0, 4.0, 6.0]]), 5, 1, np.random.default_rng(0)).shape
    (5, 3)
    """
    raise NotImplementedError


def weighted_log_loss(y: np.ndarray, p: np.ndarray, w: np.ndarray) -> float:
    """Weighted mean, with weights w, of -ln(probability given to the label that occurred).

    y: (n,) labels 0 and 1 (one class alone is fine). Empty, or another label: ValueError naming y.
    p: (n,) probabilities of label 1, 0 <= p <= 1. w: (n,) weights >= 0, not all 0. Another shape
    than y, values out of range, NaN: ValueError naming p or w.
    For the logarithm, a valid p is clipped to [eps, 1 - eps], eps = np.finfo(float).eps. A p in
    float32 is clipped there, too.

    >>> round(weighted_log_loss(np.array([1, 0]), np.array([0.9, 0.2]), np.array([3.0, 1.0])), 4)
    0.1348
    """
    raise NotImplementedError


def correct_prior(p: np.ndarray, train_prior: float, true_prior: float) -> np.ndarray:
    """Restate probabilities learned at one base rate for another base rate: (n,) float64.

    p: (n,) probabilities of label 1, 0 <= p <= 1 (0 stays 0, 1 stays 1; empty gives empty), from
    a model trained where a share train_prior of the rows (or of the weight) was 1. In the world
    that share is true_prior. Within each label the features are distributed the same in both.
    p out of range or NaN: ValueError naming p. A prior that is not strictly between 0 and 1:
    ValueError naming train_prior or true_prior, whichever it is. A float32 p gives float64, too.

    >>> correct_prior(np.array([0.5]), 0.5, 0.01).round(6)
    array([0.01])
    """
    raise NotImplementedError


def cross_val_resampled(
    fit_predict: FitPredict,
    X: np.ndarray,
    y: np.ndarray,
    resample: Resample,
    folds: list[np.ndarray],
    rng: np.random.Generator,
) -> list[float]:
    """Average precision on each fold, in the order of folds; only training rows are resampled.

    X: (n, d). y: (n,) labels 0 and 1; another length than X: ValueError naming y.
    folds: each an integer array of different test-row numbers 0..n-1, in any order. Its training
    rows are all the other rows. Folds may overlap or leave rows out. No fold at all, or a fold
    without a label 1: ValueError naming folds.
    Per fold: one call resample(X_train, y_train, rng) -> (X_fit, y_fit), with the caller's rng,
    then one call fit_predict(X_fit, y_fit, X_test) -> (n_test,) scores, high means 1. You may
    pass rows on in any order; the scores come in the order of the X_test that you passed.
    Average precision is the step-wise sum over distinct scores of (recall gained) * precision,
    as in sklearn.metrics.average_precision_score, which you may use.

    >>> X, y = np.array([[0.1], [0.9], [0.3], [0.2]]), np.array([0, 1, 0, 1])
    >>> folds = [np.array([0, 1]), np.array([2, 3])]
    >>> cross_val_resampled(lambda X_fit, y_fit, X_test: X_test[:, 0], X, y,
    ...                     lambda X, y, rng: (X, y), folds, np.random.default_rng(0))
    [1.0, 0.5]
    """
    raise NotImplementedError
