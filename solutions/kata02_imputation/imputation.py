"""Fill the holes of a table without looking at the test rows or the future."""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

import numpy as np
import pandas as pd

_LEARN: dict[str, Callable[[pd.Series], object]] = {
    "mean": lambda known: float(known.mean()),
    "median": lambda known: float(known.median()),
    "mode": lambda known: known.mode()[0],  # pandas sorts the tied modes
}


def _check_columns(df: pd.DataFrame, columns: Iterable[str], name: str) -> None:
    absent = [column for column in columns if column not in df]
    if absent:
        raise ValueError(f"{name}: no such columns: {absent}")


def missing_report(df: pd.DataFrame) -> pd.DataFrame:
    """Count the missing cells of every column, and their share of the rows."""
    if df.empty:
        raise ValueError("df: no cells to report on")
    missing = df.isna()
    return pd.DataFrame({"n_missing": missing.sum(), "share": missing.mean()})


def fit_fill(
    train: pd.DataFrame, how: dict[str, Literal["mean", "median", "mode"]]
) -> dict[str, object]:
    """Learn one fill value per column of `how`, from `train` alone."""
    _check_columns(train, how, "how")
    fills: dict[str, object] = {}
    for column, method in how.items():
        if method not in _LEARN:
            raise ValueError(f"how: {method!r} is not one of {list(_LEARN)}")
        known = train[column].dropna()
        if known.empty:
            raise ValueError(f"train: column {column!r} has no value to learn from")
        fills[column] = _LEARN[method](known)
    return fills


def apply_fill(
    df: pd.DataFrame, fills: dict[str, object], indicator_for: Sequence[str]
) -> pd.DataFrame:
    """Fill the gaps with what was learned, and flag where they were."""
    _check_columns(df, fills, "fills")
    _check_columns(df, indicator_for, "indicator_for")
    flags = {f"{column}__missing": df[column].isna().astype("int8") for column in indicator_for}
    return df.fillna(fills).assign(**flags)


def carry_forward(
    df: pd.DataFrame, by: str, time: str, cols: Sequence[str], limit: int | None
) -> pd.DataFrame:
    """Fill gaps with the last value that the same `by` had before."""
    for name, key in (("by", by), ("time", time)):
        if df[key].isna().any():
            raise ValueError(f"{name}: column {key!r} has missing cells")
    if limit is not None and limit < 1:
        raise ValueError("limit: at least 1, or None")
    columns = list(cols)
    out = df.reset_index(drop=True)  # row numbers bring every value back to its row
    groups = out.sort_values(time, kind="stable").groupby(by)
    out[columns] = groups[columns].ffill(limit=limit)
    return out.set_axis(df.index)


def knn_fill(train: np.ndarray, X: np.ndarray, k: int) -> np.ndarray:
    """Fill each gap of `X` with the mean of its k nearest donors in `train`."""
    if k < 1:
        raise ValueError("k: at least 1")
    if X.shape[1:] != train.shape[1:]:
        raise ValueError("X: as many columns as train")
    seen = ~np.isnan(train)
    if not seen.any(axis=0).all():
        raise ValueError("train: a column has no value")
    filled = np.where(np.isnan(X), np.nanmean(train, axis=0), X)
    for i, j in np.argwhere(np.isnan(X)):
        comparable = seen[:, ~np.isnan(X[i])].any(axis=1)
        donors = np.flatnonzero(seen[:, j] & comparable)
        if donors.size:
            # The mean over shared columns ranks as d / shared times the sum does.
            gap = np.nanmean((train[donors] - X[i]) ** 2, axis=1)
            nearest = donors[np.argsort(gap, kind="stable")[:k]]
            filled[i, j] = train[nearest, j].mean()
    return filled


def regression_fill(
    x: np.ndarray, y: np.ndarray, rng: np.random.Generator | None = None
) -> np.ndarray:
    """Fill the gaps of `x` from its line on `y`, with drawn residuals if `rng` is given."""
    if y.shape != x.shape:
        raise ValueError("y: one value for each of x")
    if np.isnan(y).any():
        raise ValueError("y: has missing cells")
    known = ~np.isnan(x)
    if np.unique(y[known]).size < 2:
        raise ValueError("x: known at fewer than two values of y")
    slope, intercept = np.polyfit(y[known], x[known], 1)
    line = intercept + slope * y
    filled = np.where(known, x, line)
    if rng:
        filled[~known] += rng.choice((x - line)[known], size=np.count_nonzero(~known))
    return filled
