"""Fill the holes of a table. The README holds the conventions."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd


def fit_fill(
    train: pd.DataFrame, how: dict[str, Literal["mean", "median", "mode"]]
) -> dict[str, object]:
    """Learn one fill value for each column named in `how`, and for no other, from `train`.

    "mean" and "median" are asked of number columns. "mode", of numbers or text, is the most
    frequent value; of equally frequent ones the smallest, as Python's `<` orders them.

    >>> train = pd.DataFrame({"age": [20.0, None, 40.0], "city": ["Rome", "Oslo", None]})
    >>> fit_fill(train, {"age": "mean", "city": "mode"})
    {'age': 30.0, 'city': 'Oslo'}
    """
    raise NotImplementedError


def apply_fill(
    df: pd.DataFrame, fills: dict[str, object], indicator_for: Sequence[str]
) -> pd.DataFrame:
    """Return `df` with its gaps filled by `fills`, and flags for where the gaps were.

    Columns that `fills` does not name keep their gaps. After the columns of `df` follows one named
    `c__missing` for each c of `indicator_for`, in that order: 1 where `df` had a gap, else 0. It is
    there even if this `df` has no gap in c.

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

    The rows of one `by` are read in ascending order of `time`; of equal times, in row order. At
    most `limit` rows directly after a value are filled (None: all). A row whose `by` is missing
    belongs to nobody: it keeps what it has.

    >>> log = pd.DataFrame({"user": ["a", "b", "a"], "day": [1, 1, 2], "plan": ["pro", None, None]})
    >>> carry_forward(log, "user", "day", ["plan"], limit=None)["plan"].tolist()
    ['pro', nan, 'pro']
    """
    raise NotImplementedError


def knn_fill(train: np.ndarray, X: np.ndarray, k: int) -> np.ndarray:
    """Fill each gap of `X` (m, d) with the mean of its `k` nearest donors in `train` (n, d).

    Donors for X[i, j] are the rows of `train` with a value in column j that share a column with
    X[i] (both have a value there). With s shared columns, the distance is sqrt(d / s * sum of
    squared differences over them). Of equally near rows the first counts. Fewer than k donors:
    the mean of those. None: the mean of column j of `train`.
    No Python loop over pairs of rows: a test counts the bytecode steps.

    >>> knn_fill(np.array([[1.0, 10.0], [2.0, 20.0], [9.0, 90.0]]), np.array([[1.4, np.nan]]), k=2)
    array([[ 1.4, 15. ]])
    """
    raise NotImplementedError


def regression_fill(
    x: np.ndarray, y: np.ndarray, rng: np.random.Generator | None = None
) -> np.ndarray:
    """Fill the gaps of `x` (n,) from its least-squares line on `y` (n,), which has no gaps.

    With `rng`, each gap adds the residual (x minus the line) of one known row, drawn uniformly and
    with replacement.

    >>> regression_fill(np.array([3.0, 5.0, np.nan]), np.array([1.0, 2.0, 3.0])).round(9)
    array([3., 5., 7.])
    """
    raise NotImplementedError


def try_ways(
    x: np.ndarray, y: np.ndarray, gap: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """Rehearse: hide the complete `x` (n,) where `gap` (n,) is True, and see what each way does.

    Rows: "drop" the gaps, fill them with the "mean" of the rest, with the "line" on y, or with a
    "draw" (the line and residuals). Columns: `kept`, rows left / n; `bias`, the mean after minus
    the mean of x; `spread`, the standard deviation after / that of x.

    >>> x, gap = np.array([1.0, 2.0, 3.0, 4.0]), np.array([False, False, False, True])
    >>> try_ways(x, x, gap, np.random.default_rng(0)).loc[["drop", "mean"]].round(3)
          kept  bias  spread
    drop  0.75  -0.5   0.775
    mean  1.00  -0.5   0.632
    """
    raise NotImplementedError


def choose_way(costs: pd.DataFrame, every_row: bool, max_bias: float) -> str:
    """Choose a way from a table with the columns of `try_ways`; it may list other ways.

    Out are a bias of more than `max_bias`, up or down, and with `every_row` also ways that lose
    rows. Of the rest, take the spread nearest to 1; of equally near ones the first. "none" if no
    way is left.

    >>> costs = {"kept": [0.6, 1.0], "bias": [0.0, 0.0], "spread": [1.0, 0.8]}
    >>> choose_way(pd.DataFrame(costs, index=["drop", "mean"]), every_row=True, max_bias=0.1)
    'mean'
    """
    raise NotImplementedError
