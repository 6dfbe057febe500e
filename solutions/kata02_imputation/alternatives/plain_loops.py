"""Cell by cell in plain Python: dicts, lists and loops, and one vector of distances a row."""

import math
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd


def fit_fill(
    train: pd.DataFrame, how: dict[str, Literal["mean", "median", "mode"]]
) -> dict[str, object]:
    """Sort the values of a column, then read the answer off."""
    out: dict[str, object] = {}
    for column, method in how.items():
        values: list[Any] = sorted(v for v in train[column] if not pd.isna(v))
        n = len(values)
        if method == "mean":
            out[column] = sum(values) / n
        elif method == "median":
            out[column] = (values[(n - 1) // 2] + values[n // 2]) / 2
        else:
            best = values[0]
            for value in values:
                if values.count(value) > values.count(best):
                    best = value
            out[column] = best
    return out


def apply_fill(
    df: pd.DataFrame, fills: dict[str, object], indicator_for: Sequence[str]
) -> pd.DataFrame:
    """Build every column anew from a list."""
    out = df.copy()
    for column in indicator_for:
        out[f"{column}__missing"] = [1 if pd.isna(v) else 0 for v in df[column]]
    for column, fill in fills.items():
        out[column] = [fill if pd.isna(v) else v for v in df[column]]
        out[column] = out[column].astype(df[column].dtype)
    return out


def carry_forward(
    df: pd.DataFrame, by: str, time: str, cols: Sequence[str], limit: int | None
) -> pd.DataFrame:
    """Walk through the rows in time and remember the last value of each key."""
    times = list(df[time])
    keys = list(df[by])
    out = df.copy()
    for column in cols:
        values = list(df[column])
        last: dict[Any, Any] = {}
        age: dict[Any, int] = {}
        for i in sorted(range(len(df)), key=times.__getitem__):
            key = keys[i]
            if pd.isna(key):
                continue
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
    d = train.shape[1]
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
    pairs = [(float(b), float(a)) for a, b in zip(x, y, strict=True) if not math.isnan(a)]
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


def try_ways(
    x: np.ndarray, y: np.ndarray, gap: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """Lists, and the sums of mean and variance written out."""

    def mean(values: list[float]) -> float:
        return math.fsum(values) / len(values)

    def spread(values: list[float]) -> float:
        middle = mean(values)
        return math.sqrt(math.fsum((v - middle) ** 2 for v in values) / (len(values) - 1))

    truth = [float(v) for v in x]
    left = [v for v, missing in zip(truth, gap, strict=True) if not missing]
    holed = np.array([math.nan if m else v for v, m in zip(truth, gap, strict=True)])
    ways = {
        "drop": left,
        "mean": [mean(left) if m else v for v, m in zip(truth, gap, strict=True)],
        "line": list(regression_fill(holed, y)),
        "draw": list(regression_fill(holed, y, rng)),
    }
    rows = [
        (len(v) / len(truth), mean(v) - mean(truth), spread(v) / spread(truth))
        for v in ways.values()
    ]
    return pd.DataFrame(rows, index=list(ways), columns=["kept", "bias", "spread"])


def choose_way(costs: pd.DataFrame, every_row: bool, max_bias: float) -> str:
    """Row by row, keeping the best so far."""
    best, distance = "none", math.inf
    for way, row in costs.iterrows():
        if abs(row["bias"]) > max_bias or (every_row and row["kept"] < 1):
            continue
        if abs(row["spread"] - 1) < distance:
            best, distance = str(way), abs(row["spread"] - 1)
    return best
