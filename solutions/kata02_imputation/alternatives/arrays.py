"""numpy throughout: masks, a running maximum for the last row, a cube of differences."""

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
import pandas as pd


def fit_fill(
    train: pd.DataFrame, how: dict[str, Literal["mean", "median", "mode"]]
) -> dict[str, object]:
    """Let numpy's unique order and count."""
    learn: dict[str, Callable[[np.ndarray], object]] = {
        "mean": np.mean,
        "median": np.median,
        "mode": lambda v: np.unique(v)[np.argmax(np.unique(v, return_counts=True)[1])],
    }
    out = {}
    for column, method in how.items():
        values = train[column].to_numpy()[train[column].notna().to_numpy()]
        out[column] = learn[method](values)
    return out


def apply_fill(
    df: pd.DataFrame, fills: dict[str, object], indicator_for: Sequence[str]
) -> pd.DataFrame:
    """Assign through a mask on row numbers."""
    gaps = df.isna().to_numpy()
    out = df.copy()
    for column, fill in fills.items():
        place = df.columns.get_loc(column)
        if gaps[:, place].any():
            out.iloc[gaps[:, place], place] = fill
    for column in indicator_for:
        out[column + "__missing"] = gaps[:, df.columns.get_loc(column)].astype(np.int8)
    return out


def carry_forward(
    df: pd.DataFrame, by: str, time: str, cols: Sequence[str], limit: int | None
) -> pd.DataFrame:
    """Find, for each row, the number of the last row that holds a value."""
    keys = pd.factorize(df[by])[0]
    order = np.lexsort([np.arange(len(df)), df[time].to_numpy(), keys])
    place = np.arange(len(df))
    starts = np.maximum.accumulate(np.where(np.diff(keys[order], prepend=-2) != 0, place, 0))
    out = df.copy()
    for column in cols:
        known = df[column].notna().to_numpy()[order]
        last = np.maximum.accumulate(np.where(known, place, -1))
        usable = (last >= starts) & (keys[order] >= 0)
        if limit is not None:
            usable &= place - last <= limit
        source = np.empty(len(df), dtype=int)
        source[order] = order[np.where(usable, last, place)]
        out[column] = df[column].array.take(source)
    return out


def knn_fill(train: np.ndarray, X: np.ndarray, k: int) -> np.ndarray:
    """Distances between all pairs at once, from a cube of differences."""
    has = ~np.isnan(train)
    cube = X[:, None, :] - train[None, :, :]
    shared = (~np.isnan(cube)).sum(axis=2)
    squared = np.nansum(cube**2, axis=2) * train.shape[1] / np.maximum(shared, 1)
    squared[shared == 0] = np.inf
    rank = np.argsort(squared, axis=1, kind="stable")
    out = X.copy()
    for j in range(X.shape[1]):
        column_mean = train[has[:, j], j].mean()
        for i in np.flatnonzero(np.isnan(X[:, j])):
            usable = rank[i][has[rank[i], j] & (shared[i, rank[i]] > 0)][:k]
            out[i, j] = train[usable, j].mean() if usable.size else column_mean
    return out


def regression_fill(
    x: np.ndarray, y: np.ndarray, rng: np.random.Generator | None = None
) -> np.ndarray:
    """Solve the least squares of a design matrix, and draw row numbers for the noise."""
    gaps = np.flatnonzero(np.isnan(x))
    known = np.flatnonzero(~np.isnan(x))
    design = np.column_stack([np.ones_like(y), y])
    beta = np.linalg.lstsq(design[known], x[known])[0]
    out = x.copy()
    out[gaps] = design[gaps] @ beta
    if rng is not None:
        rows = known[rng.integers(known.size, size=gaps.size)]
        out[gaps] += x[rows] - design[rows] @ beta
    return out


def try_ways(
    x: np.ndarray, y: np.ndarray, gap: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """Four columns in one matrix; what is dropped is NaN in the first."""
    ways = np.where(gap[:, None], np.nan, x[:, None].repeat(4, axis=1))
    ways[gap, 1] = np.nanmean(ways[:, 0])
    ways[:, 2] = regression_fill(ways[:, 3], y)
    ways[:, 3] = regression_fill(ways[:, 3], y, rng)
    table = np.column_stack(
        [
            (~np.isnan(ways)).mean(axis=0),
            np.nanmean(ways, axis=0) - np.mean(x),
            np.nanstd(ways, axis=0, ddof=1) / np.std(x, ddof=1),
        ]
    )
    rows = ["drop", "mean", "line", "draw"]
    return pd.DataFrame(table, index=rows, columns=["kept", "bias", "spread"])


def choose_way(costs: pd.DataFrame, every_row: bool, max_bias: float) -> str:
    """A penalty of infinity for what is not allowed, and the first smallest."""
    kept, bias, spread = costs[["kept", "bias", "spread"]].to_numpy().T
    out = (np.abs(bias) > max_bias) | (every_row & (kept < 1))
    penalty = np.where(out, np.inf, np.abs(spread - 1))
    return "none" if out.all() else str(costs.index[np.argmin(penalty)])
