"""numpy throughout: masks, a running maximum for the last row, matrix products for distances."""

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
import pandas as pd


def missing_report(df: pd.DataFrame) -> pd.DataFrame:
    """Stack all cells into one object array."""
    if 0 in df.shape:
        raise ValueError(f"df has shape {df.shape}")
    n = pd.isna(df.to_numpy(dtype=object)).sum(axis=0)
    table = {"n_missing": n.astype(np.int64), "share": n / df.shape[0]}
    return pd.DataFrame(table, index=df.columns)


def fit_fill(
    train: pd.DataFrame, how: dict[str, Literal["mean", "median", "mode"]]
) -> dict[str, object]:
    """Let numpy's unique order and count."""
    learn: dict[str, Callable[[np.ndarray], object]] = {
        "mean": np.mean,
        "median": np.median,
        "mode": lambda v: np.unique(v)[np.argmax(np.unique(v, return_counts=True)[1])],
    }
    if unknown := [c for c, m in how.items() if c not in train or m not in learn]:
        raise ValueError(f"how: cannot do {unknown}")
    out = {}
    for column, method in how.items():
        values = train[column].to_numpy()[train[column].notna().to_numpy()]
        if values.size == 0:
            raise ValueError(f"train: nothing in {column}")
        out[column] = learn[method](values)
    return out


def apply_fill(
    df: pd.DataFrame, fills: dict[str, object], indicator_for: Sequence[str]
) -> pd.DataFrame:
    """Assign through a mask on row numbers."""
    for name, columns in (("fills", list(fills)), ("indicator_for", list(indicator_for))):
        if not set(columns) <= set(df.columns):
            raise ValueError(f"{name} does not fit the columns")
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
    if df[by].isna().any():
        raise ValueError("by: missing keys")
    if df[time].isna().any():
        raise ValueError("time: missing times")
    if limit is not None and limit < 1:
        raise ValueError("limit: too small")
    keys = np.unique(df[by].to_numpy(), return_inverse=True)[1]
    order = np.lexsort([np.arange(len(df)), df[time].to_numpy(), keys])
    place = np.arange(len(df))
    starts = np.maximum.accumulate(np.where(np.diff(keys[order], prepend=-1) != 0, place, 0))
    out = df.copy()
    for column in cols:
        known = df[column].notna().to_numpy()[order]
        last = np.maximum.accumulate(np.where(known, place, -1))
        usable = last >= starts
        if limit is not None:
            usable &= place - last <= limit
        source = np.empty(len(df), dtype=int)
        source[order] = order[np.where(usable, last, place)]
        out[column] = df[column].array.take(source)
    return out


def knn_fill(train: np.ndarray, X: np.ndarray, k: int) -> np.ndarray:
    """Distances between all pairs at once, from a cube of differences."""
    if k < 1:
        raise ValueError(f"k is {k}")
    if X.shape[1] != train.shape[1]:
        raise ValueError("X and train differ in columns")
    has = ~np.isnan(train)
    if (has.sum(axis=0) == 0).any():
        raise ValueError("train has a column of gaps")
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
    if x.shape != y.shape or np.isnan(y).any():
        raise ValueError("y must be complete and as long as the other one")
    gaps = np.flatnonzero(np.isnan(x))
    known = np.flatnonzero(~np.isnan(x))
    if known.size < 2 or np.ptp(y[known]) == 0:
        raise ValueError("x: no line to be found")
    design = np.column_stack([np.ones_like(y), y])
    beta = np.linalg.lstsq(design[known], x[known])[0]
    out = x.copy()
    out[gaps] = design[gaps] @ beta
    if rng is not None:
        rows = known[rng.integers(known.size, size=gaps.size)]
        out[gaps] += x[rows] - design[rows] @ beta
    return out
