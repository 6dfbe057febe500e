"""Fill the holes of a table. The README holds the conventions that all six functions share."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd


def missing_report(df: pd.DataFrame) -> pd.DataFrame:
    """Count the missing cells of every column.

    One row for each column of `df`, with or without gaps, in `df`'s order; the index holds the
    column names. Two columns: `n_missing` (int64) and `share` (float64, n_missing / rows, 0-1).
    ValueError naming `df` if it has no rows or no columns.

    >>> missing_report(pd.DataFrame({"age": [31.0, None], "city": ["", "Rome"]}))
          n_missing  share
    age           1    0.5
    city          0    0.0
    """
    raise NotImplementedError


def fit_fill(
    train: pd.DataFrame, how: dict[str, Literal["mean", "median", "mode"]]
) -> dict[str, object]:
    """Learn one fill value for each column named in `how`, and for no other, from `train`.

    "mean" and "median" (of an even count: halfway between the middle two) are floats, and used on
    number columns only. "mode", on numbers or text, is the most frequent value; of several equally
    frequent ones the smallest, as Python's `<` orders them. Missing cells count nowhere.
    ValueError naming `how` for another method or a column that `train` lacks, and naming `train`
    if a column named in `how` has no value there.

    >>> train = pd.DataFrame({"age": [20.0, None, 40.0], "city": ["Rome", "Oslo", None]})
    >>> fit_fill(train, {"age": "mean", "city": "mode"})
    {'age': 30.0, 'city': 'Oslo'}
    """
    raise NotImplementedError


def apply_fill(
    df: pd.DataFrame, fills: dict[str, object], indicator_for: Sequence[str]
) -> pd.DataFrame:
    """Return `df` with its gaps filled by `fills`, and flags for where the gaps were.

    Missing cells of a column in `fills` become its fill value, which fits the column's dtype;
    other columns keep their gaps. The columns of `df` keep their order and dtype.
    For each column c of `indicator_for`, in that order, a column `c__missing` (int8) follows
    after the columns of `df`: 1 where the cell of `df` was missing, 0 elsewhere. It is there
    whether or not this `df` has a gap in c, and whether or not c is in `fills`.
    ValueError naming `fills` or `indicator_for` if it names a column that `df` lacks.

    >>> apply_fill(pd.DataFrame({"age": [50.0, None]}), {"age": 30.0}, ["age"])
        age  age__missing
    0  50.0             0
    1  30.0             1
    """
    raise NotImplementedError


def carry_forward(
    df: pd.DataFrame, by: str, time: str, cols: Sequence[str], limit: int | None
) -> pd.DataFrame:
    """Fill gaps in the columns `cols` with the last value that the same `by` had before.

    `by`, `time` and `cols` are columns of `df`. The rows with one value of `by` are read in
    ascending order of `time`; where times are equal, in the row order of `df`. A missing cell
    takes the latest value of its own column above it. Before the first value it stays missing.
    No value moves back in time or to another `by`. `limit` counts rows: at most that many
    directly after a value are filled, and the rest of a longer gap stays missing; None fills them
    all. Other columns, and all dtypes, stay as in `df`.
    ValueError naming `by` or `time` if that column has a missing cell, `limit` if it is below 1.

    >>> log = pd.DataFrame({"user": ["a", "b", "a"], "day": [1, 1, 2], "plan": ["pro", None, None]})
    >>> carry_forward(log, "user", "day", ["plan"], limit=None)["plan"].tolist()
    ['pro', nan, 'pro']
    """
    raise NotImplementedError


def knn_fill(train: np.ndarray, X: np.ndarray, k: int) -> np.ndarray:
    """Fill each gap of `X` with the mean of its `k` nearest donors among the rows of `train`.

    `train` is (n, d), `X` is (m, d), NaN marks a gap. Returns (m, d); known cells as they are.
    Donors for X[i, j] are the rows of `train` that hold a value in column j and share at least one
    column with X[i] (both hold a value there). With s shared columns,
    distance = sqrt(d / s * sum of squared differences over the shared columns).
    Equal distance: the lower row of `train` is nearer. In the tests, only whole numbers tie.
    The fill is the plain mean of column j over the k nearest donors, or over all donors if they
    are fewer. Without a donor it is the mean of all values in column j of `train`.
    Distances and donors use the cells as given, never a filled one.
    No Python loop over pairs: with n and m both four times as large, under eight times the steps.
    ValueError naming `k` if below 1, `X` if its columns are not as many as `train`'s, `train` if
    one of its columns has no value.

    >>> knn_fill(np.array([[1.0, 10.0], [2.0, 20.0], [9.0, 90.0]]), np.array([[1.4, np.nan]]), k=2)
    array([[ 1.4, 15. ]])
    """
    raise NotImplementedError


def regression_fill(
    x: np.ndarray, y: np.ndarray, rng: np.random.Generator | None = None
) -> np.ndarray:
    """Fill the gaps of `x` from the least-squares line of x on y (slope and intercept).

    `x` (n,) has gaps (NaN), `y` (n,) has none. The line is fitted on the rows where x is known.
    Returns (n,): known cells as they are; a gap becomes the line's value at its y. With `rng`,
    each gap adds a residual (x minus the line) of one known row, drawn independently, uniformly
    and with replacement. Any use of `rng` with that distribution is right.
    ValueError naming `y` if its shape is not x's or it has NaN; naming `x` if the rows where x
    is known have fewer than two distinct values of y.

    >>> regression_fill(np.array([3.0, 5.0, np.nan]), np.array([1.0, 2.0, 3.0])).round(9)
    array([3., 5., 7.])
    """
    raise NotImplementedError
