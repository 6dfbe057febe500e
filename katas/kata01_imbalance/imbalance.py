"""Class imbalance: what to change in the data, the loss, the decision and the evaluation."""

from collections.abc import Callable

import numpy as np

FitPredict = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
Resample = Callable[[np.ndarray, np.ndarray, np.random.Generator], tuple[np.ndarray, np.ndarray]]


def balanced_class_weights(y: np.ndarray) -> dict[int, float]:
    """One weight per class, such that all classes weigh the same and all rows together n.

    y: (n,) labels, any integers. A row has the weight of its class.

    >>> balanced_class_weights(np.array([0, 0, 0, 0, 0, 0, 0, 0, 1, 1]))
    {0: 0.625, 1: 2.5}
    """
    raise NotImplementedError


def undersample(y: np.ndarray, minority_share: float, rng: np.random.Generator) -> np.ndarray:
    """Row numbers, ascending, that are left after dropping majority rows at random.

    y: (n,) labels, two different ones; the minority is the one with fewer rows. All of them stay.
    minority_share: minority rows / all kept rows. The number of majority rows this takes is
    rounded to the nearest whole; if there are fewer, all stay. Every set of that many is equally
    likely.

    >>> len(undersample(np.array([0] * 98 + [1] * 2), 0.25, np.random.default_rng(0)))
    8
    """
    raise NotImplementedError


def smote(X_min: np.ndarray, n_new: int, k: int, rng: np.random.Generator) -> np.ndarray:
    """Invent n_new minority rows between real ones: (n_new, d), without the originals.

    X_min: (m, d) minority rows, m >= 2. Each new row, independently: draw a base row, draw one of
    its k nearest other rows, take a uniformly random point of the segment between them. All bases
    are equally likely, all k neighbours too. Distance is Euclidean, features as they are. Two rows
    with equal values are two rows. k above m - 1 means m - 1. No Python loop over new rows.

    >>> smote(np.array([[0.0, 0.0, 0.0], [2.0, 4.0, 6.0]]), 5, 1, np.random.default_rng(0)).shape
    (5, 3)
    """
    raise NotImplementedError


def weighted_log_loss(y: np.ndarray, p: np.ndarray, w: np.ndarray) -> float:
    """Mean, with weights w, of -ln(probability given to the label that occurred).

    y: (n,) labels 0 and 1. p: (n,) probabilities of label 1. w: (n,) weights.
    Certain and wrong costs much, but not infinitely much: clip p by 1e-6 or less.

    >>> round(weighted_log_loss(np.array([1, 0]), np.array([0.9, 0.2]), np.array([3.0, 1.0])), 4)
    0.1348
    """
    raise NotImplementedError


def correct_prior(p: np.ndarray, train_prior: float, true_prior: float) -> np.ndarray:
    """Probabilities learned at one base rate, restated for another.

    p: (n,) probabilities of label 1 from a model trained where its share was train_prior. In the
    world it is true_prior; both are above 0 and below 1. Within each label, the features are
    distributed alike in both. 0 stays 0, and 1 stays 1.

    >>> correct_prior(np.array([0.5]), 0.5, 0.01).round(6)
    array([0.01])
    """
    raise NotImplementedError


def decision_costs(
    y: np.ndarray, p: np.ndarray, train_prior: float, cost_miss: float, cost_false_alarm: float
) -> tuple[float, float]:
    """Mean cost per row of acting on p as it is, and on p restated for the true base rate.

    y: (n,) labels of rows that nobody resampled, so its share of 1s is the true base rate.
    p: (n,), from a model trained at train_prior. A row is flagged where, at that probability,
    flagging has the lower expected cost; ties do not come up. A miss is a 1 that is not flagged,
    a false alarm a 0 that is; nothing else costs.

    >>> decision_costs(np.array([0, 0, 0, 1]), np.array([0.3, 0.4, 0.2, 0.9]), 0.5, 3, 1)
    (0.5, 0.0)
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

    folds: arrays of test-row numbers, in any order; they may overlap or leave rows out. All rows
    that are not in a fold are its training rows. Per fold, resample(X_train, y_train, rng) gives
    (X_fit, y_fit), and fit_predict(X_fit, y_fit, X_test) a score per test row, high for label 1.

    >>> X, y = np.array([[0.1], [0.9], [0.3], [0.2]]), np.array([0, 1, 0, 1])
    >>> folds = [np.array([0, 1]), np.array([2, 3])]
    >>> cross_val_resampled(lambda X_fit, y_fit, X_test: X_test[:, 0], X, y,
    ...                     lambda X, y, rng: (X, y), folds, np.random.default_rng(0))
    [1.0, 0.5]
    """
    raise NotImplementedError
