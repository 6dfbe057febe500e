"""Cell by cell in plain Python: dicts, lists and loops, and one vector of distances a row."""

import math
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd


def missing_report(df: pd.DataFrame) -> pd.DataFrame:
    """Visit every cell."""
    if len(df) == 0 or len(df.columns) == 0:
        raise ValueError("df is empty")
    rows = []
    for column in df.columns:
        n = 0
        for value in df[column]:
            if pd.isna(value):
                n += 1
        rows.append({"n_missing": n, "share": n / len(df)})
    return pd.DataFrame(rows, index=list(df.columns))


def fit_fill(
    train: pd.DataFrame, how: dict[str, Literal["mean", "median", "mode"]]
) -> dict[str, object]:
    """Sort the values of a column, then read the answer off."""
    out: dict[str, object] = {}
    for column, method in how.items():
        if column not in train.columns:
            raise ValueError(f"how asks for {column}, which is no column")
        values: list[Any] = sorted(v for v in train[column] if not pd.isna(v))
        if not values:
            raise ValueError(f"{column} is empty in train")
        n = len(values)
        if method == "mean":
            out[column] = math.fsum(values) / n
        elif method == "median":
            out[column] = float((values[(n - 1) // 2] + values[n // 2]) / 2)
        elif method == "mode":
            best = values[0]
            for value in values:
                if values.count(value) > values.count(best):
                    best = value
            out[column] = best
        else:
            raise ValueError(f"how knows no {method}")
    return out


def apply_fill(
    df: pd.DataFrame, fills: dict[str, object], indicator_for: Sequence[str]
) -> pd.DataFrame:
    """Build every column anew from a list."""
    for column in fills:
        if column not in df.columns:
            raise ValueError(f"fills: {column}")
    for column in indicator_for:
        if column not in df.columns:
            raise ValueError(f"indicator_for: {column}")
    out = df.copy()
    for column in indicator_for:
        out[f"{column}__missing"] = np.array([1 if pd.isna(v) else 0 for v in df[column]], "int8")
    for column, fill in fills.items():
        out[column] = [fill if pd.isna(v) else v for v in df[column]]
        out[column] = out[column].astype(df[column].dtype)
    return out


def carry_forward(
    df: pd.DataFrame, by: str, time: str, cols: Sequence[str], limit: int | None
) -> pd.DataFrame:
    """Walk through the rows in time and remember the last value of each key."""
    if any(pd.isna(v) for v in df[by]):
        raise ValueError("by has gaps")
    if any(pd.isna(v) for v in df[time]):
        raise ValueError("time has gaps")
    if limit is not None and limit <= 0:
        raise ValueError("limit must be positive")
    times = list(df[time])
    keys = list(df[by])
    out = df.copy()
    for column in cols:
        values = list(df[column])
        last: dict[Any, Any] = {}
        age: dict[Any, int] = {}
        for i in sorted(range(len(df)), key=times.__getitem__):
            key = keys[i]
            if not pd.isna(values[i]):
                last[key], age[key] = values[i], 0
            elif key in last:
                age[key] += 1
                if limit is None or age[key] <= limit:
                    values[i] = last[key]
        out[column] = pd.Series(values, index=df.index, dtype=df[column].dtype).array
    return out


def knn_fill(train: np.ndarray, X: np.ndarray, k: int) -> np.ndarray:
    """Measure one row against all training rows, then sort pairs of distance and row."""
    if k <= 0:
        raise ValueError("k must be positive")
    d = train.shape[1]
    if X.shape[1] != d:
        raise ValueError("X has other columns")
    if np.isnan(train).all(axis=0).any():
        raise ValueError("train has an empty column")
    out = X.copy()
    for i in range(len(X)):
        both = ~np.isnan(train) & ~np.isnan(X[i])
        shared = both.sum(axis=1)
        total = np.where(both, train - X[i], 0.0)
        total = (total * total).sum(axis=1)
        distance = np.full(len(train), np.inf)
        comparable = shared > 0
        distance[comparable] = np.sqrt(d / shared[comparable] * total[comparable])
        by_distance = np.lexsort([np.arange(len(train)), distance])
        for j in range(d):
            if not np.isnan(X[i, j]):
                continue
            ranked = train[by_distance, j][np.isfinite(distance[by_distance])]
            ranked = ranked[~np.isnan(ranked)]
            column = train[:, j]
            donors = ranked[:k] if len(ranked) else column[~np.isnan(column)]
            out[i, j] = sum(donors) / len(donors)
    return out


def regression_fill(
    x: np.ndarray, y: np.ndarray, rng: np.random.Generator | None = None
) -> np.ndarray:
    """Sums for the line, and one draw at a time for the noise."""
    if len(x) != len(y) or np.ndim(y) != 1:
        raise ValueError("y does not fit x")
    if any(math.isnan(v) for v in y):
        raise ValueError("y has gaps")
    pairs = [(float(b), float(a)) for a, b in zip(x, y, strict=True) if not math.isnan(a)]
    if len({b for b, _ in pairs}) < 2:
        raise ValueError("x is known at too few places")
    mean_y = math.fsum(b for b, _ in pairs) / len(pairs)
    mean_x = math.fsum(a for _, a in pairs) / len(pairs)
    slope = math.fsum((b - mean_y) * (a - mean_x) for b, a in pairs)
    slope /= math.fsum((b - mean_y) ** 2 for b, _ in pairs)
    residuals = [a - mean_x - slope * (b - mean_y) for b, a in pairs]
    out = [float(v) for v in x]
    for i, value in enumerate(out):
        if math.isnan(value):
            out[i] = mean_x + slope * (float(y[i]) - mean_y)
            if rng is not None:
                out[i] += residuals[int(rng.integers(len(residuals)))]
    return np.array(out)
