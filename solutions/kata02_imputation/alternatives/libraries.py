"""Other libraries and other pandas idioms: statistics, merge_asof, scikit-learn, scipy."""

import statistics
from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats
from sklearn.metrics.pairwise import nan_euclidean_distances


def missing_report(df: pd.DataFrame) -> pd.DataFrame:
    """Rows minus pandas' own count of values."""
    if not df.size:
        raise ValueError("df: empty")
    n = len(df) - df.count()
    return n.to_frame("n_missing").assign(share=n.div(len(df)))


def fit_fill(
    train: pd.DataFrame, how: dict[str, Literal["mean", "median", "mode"]]
) -> dict[str, object]:
    """The standard library's statistics."""
    out: dict[str, object] = {}
    for column, method in how.items():
        if method not in ("mean", "median", "mode") or column not in train.columns:
            raise ValueError(f"how={how}")
        values = train[column].dropna().tolist()
        try:
            if method == "mode":
                out[column] = min(statistics.multimode(values))
            else:
                out[column] = float(getattr(statistics, method)(values))
        except ValueError:
            raise ValueError(f"train has only gaps in {column}") from None
    return out


def apply_fill(
    df: pd.DataFrame, fills: dict[str, object], indicator_for: Sequence[str]
) -> pd.DataFrame:
    """Fill with mask, and join the flags as a frame of their own."""
    if set(fills) - set(df):
        raise ValueError("fills has a stranger")
    if set(indicator_for) - set(df):
        raise ValueError("indicator_for has a stranger")
    flags = df[list(indicator_for)].isna().astype(np.int8).add_suffix("__missing")
    filled = {c: df[c].mask(df[c].isna(), fills[c]) if c in fills else df[c] for c in df}
    return pd.concat([pd.DataFrame(filled), flags], axis=1)


def carry_forward(
    df: pd.DataFrame, by: str, time: str, cols: Sequence[str], limit: int | None
) -> pd.DataFrame:
    """One group at a time, and every column by itself."""
    for argument, column in {"by": by, "time": time}.items():
        if df[column].hasnans:
            raise ValueError(f"{argument} is not complete")
    if limit is not None and limit < 1:
        raise ValueError("limit < 1")
    numbered = df.set_axis(range(len(df)))
    parts = []
    for _, rows in numbered.groupby(by):
        part = rows.sort_values([time], kind="mergesort")
        for column in cols:
            part[column] = part[column].ffill(limit=limit)
        parts.append(part)
    return pd.concat(parts).sort_index().set_axis(df.index)


def knn_fill(train: np.ndarray, X: np.ndarray, k: int) -> np.ndarray:
    """scikit-learn's distances, one column of X at a time."""
    if k < 1:
        raise ValueError("k < 1")
    if X.shape[1] != train.shape[1]:
        raise ValueError("X: wrong number of columns")
    if pd.DataFrame(train).isna().all().any():
        raise ValueError("train: empty column")
    distances = nan_euclidean_distances(X, train)
    out = X.copy()
    for j in range(X.shape[1]):
        donors = np.flatnonzero(~np.isnan(train[:, j]))
        for i in np.flatnonzero(np.isnan(X[:, j])):
            near = pd.Series(train[donors, j], index=distances[i, donors])
            near = near[near.index.notna()].sort_index(kind="stable")
            out[i, j] = near.head(k).mean() if len(near) else train[donors, j].mean()
    return out


def regression_fill(
    x: np.ndarray, y: np.ndarray, rng: np.random.Generator | None = None
) -> np.ndarray:
    """Scipy's linregress, and one uniform number for each residual drawn."""
    if np.shape(y) != np.shape(x):
        raise ValueError("y: wrong shape")
    if not np.isfinite(y).all():
        raise ValueError("y: gaps")
    table = pd.DataFrame({"x": x, "y": y})
    known = table.dropna()
    if known["y"].nunique() < 2:
        raise ValueError("x: too little known")
    fit = stats.linregress(known["y"], known["x"])
    guess = fit.intercept + fit.slope * table["y"]
    if rng is not None:
        residuals = (known["x"] - guess[known.index]).to_numpy()
        guess += residuals[(rng.random(len(table)) * len(residuals)).astype(int)]
    filled: np.ndarray = table["x"].fillna(guess).to_numpy(dtype=float)
    return filled
