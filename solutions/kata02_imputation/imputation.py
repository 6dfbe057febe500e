"""Fill the holes of a table without looking at the test rows or the future."""

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
import pandas as pd

_LEARN: dict[str, Callable[[pd.Series], object]] = {
    "mean": lambda known: float(known.mean()),
    "median": lambda known: float(known.median()),
    "mode": lambda known: known.mode()[0],  # pandas sorts the tied modes
}


def fit_fill(
    train: pd.DataFrame, how: dict[str, Literal["mean", "median", "mode"]]
) -> dict[str, object]:
    """Learn one fill value per column of `how`, from `train` alone."""
    return {column: _LEARN[method](train[column].dropna()) for column, method in how.items()}


def apply_fill(
    df: pd.DataFrame, fills: dict[str, object], indicator_for: Sequence[str]
) -> pd.DataFrame:
    """Fill the gaps with what was learned, and flag where they were."""
    flags = {f"{column}__missing": df[column].isna().astype("int8") for column in indicator_for}
    return df.fillna(fills).assign(**flags)


def carry_forward(
    df: pd.DataFrame, by: str, time: str, cols: Sequence[str], limit: int | None
) -> pd.DataFrame:
    """Fill gaps with the last value that the same `by` had before."""
    columns = list(cols)
    out = df.reset_index(drop=True)  # row numbers bring every value back to its row
    groups = out.sort_values(time, kind="stable").groupby(by)
    carried = groups[columns].ffill(limit=limit)
    out[columns] = out[columns].fillna(carried)  # rows without a key have nothing in `carried`
    return out.set_axis(df.index)


def knn_fill(train: np.ndarray, X: np.ndarray, k: int) -> np.ndarray:
    """Fill each gap of `X` with the mean of its k nearest donors in `train`."""
    seen = ~np.isnan(train)
    filled = np.where(np.isnan(X), np.nanmean(train, axis=0), X)
    for i, j in np.argwhere(np.isnan(X)):
        comparable = seen[:, ~np.isnan(X[i])].any(axis=1)
        donors = np.flatnonzero(seen[:, j] & comparable)
        if donors.size:
            # The mean over shared columns ranks as d / shared times the sum does.
            distance = np.nanmean((train[donors] - X[i]) ** 2, axis=1)
            nearest = donors[np.argsort(distance, kind="stable")[:k]]
            filled[i, j] = train[nearest, j].mean()
    return filled


def regression_fill(
    x: np.ndarray, y: np.ndarray, rng: np.random.Generator | None = None
) -> np.ndarray:
    """Fill the gaps of `x` from its line on `y`, with drawn residuals if `rng` is given."""
    known = ~np.isnan(x)
    slope, intercept = np.polyfit(y[known], x[known], 1)
    line = intercept + slope * y
    filled = np.where(known, x, line)
    if rng:
        filled[~known] += rng.choice((x - line)[known], size=np.count_nonzero(~known))
    return filled


def try_ways(
    x: np.ndarray, y: np.ndarray, gap: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """Hide a complete `x` where `gap` is, and measure what each way makes of it."""
    left, holed = x[~gap], np.where(gap, np.nan, x)
    after = {
        "drop": left,
        "mean": np.where(gap, left.mean(), x),
        "line": regression_fill(holed, y),
        "draw": regression_fill(holed, y, rng),
    }
    costs = {
        way: {
            "kept": values.size / x.size,
            "bias": values.mean() - x.mean(),
            "spread": values.std(ddof=1) / x.std(ddof=1),
        }
        for way, values in after.items()
    }
    return pd.DataFrame.from_dict(costs, orient="index")


def choose_way(costs: pd.DataFrame, every_row: bool, max_bias: float) -> str:
    """Return the way with the spread nearest to 1 among those that are allowed."""
    allowed = costs[costs["bias"].abs() <= max_bias]
    if every_row:
        allowed = allowed[allowed["kept"] == 1]
    if allowed.empty:
        return "none"
    return str((allowed["spread"] - 1).abs().idxmin())
