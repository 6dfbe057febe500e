"""Other libraries and other pandas idioms: statistics, scikit-learn, scipy, one group at a time."""

import statistics
from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats
from sklearn.linear_model import LinearRegression
from sklearn.metrics.pairwise import nan_euclidean_distances


def fit_fill(
    train: pd.DataFrame, how: dict[str, Literal["mean", "median", "mode"]]
) -> dict[str, object]:
    """The standard library's statistics."""
    out: dict[str, object] = {}
    for column, method in how.items():
        values = train[column].dropna().tolist()
        if method == "mode":
            out[column] = min(statistics.multimode(values))
        else:
            out[column] = getattr(statistics, method)(values)
    return out


def apply_fill(
    df: pd.DataFrame, fills: dict[str, object], indicator_for: Sequence[str]
) -> pd.DataFrame:
    """Fill with mask, and join the flags as a frame of their own, in pandas' own integers."""
    flags = df[list(indicator_for)].isna().astype(int).add_suffix("__missing")
    filled = {c: df[c].mask(df[c].isna(), fills[c]) if c in fills else df[c] for c in df}
    return pd.concat([pd.DataFrame(filled), flags], axis=1)


def carry_forward(
    df: pd.DataFrame, by: str, time: str, cols: Sequence[str], limit: int | None
) -> pd.DataFrame:
    """One group at a time, and every column by itself; rows without a key wait outside."""
    numbered = df.set_axis(range(len(df)))
    parts = [numbered[numbered[by].isna()]]
    for _, rows in numbered.groupby(by):
        part = rows.sort_values([time], kind="mergesort")
        for column in cols:
            part[column] = part[column].ffill(limit=limit)
        parts.append(part)
    return pd.concat(parts).sort_index().set_axis(df.index)


def knn_fill(train: np.ndarray, X: np.ndarray, k: int) -> np.ndarray:
    """scikit-learn's distances, one column of X at a time."""
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
    table = pd.DataFrame({"x": x, "y": y})
    known = table.dropna()
    fit = stats.linregress(known["y"], known["x"])
    guess = fit.intercept + fit.slope * table["y"]
    if rng is not None:
        residuals = (known["x"] - guess[known.index]).to_numpy()
        guess += residuals[(rng.random(len(table)) * len(residuals)).astype(int)]
    filled: np.ndarray = table["x"].fillna(guess).to_numpy(dtype=float)
    return filled


def try_ways(
    x: np.ndarray, y: np.ndarray, gap: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """Pandas aggregates over the columns of a frame; scikit-learn's line, and its own draw."""
    column = pd.Series(x).mask(gap)
    model = LinearRegression().fit(y[~gap, None], x[~gap])
    line = pd.Series(model.predict(y[:, None]))
    residuals = rng.choice((column - line).dropna(), size=len(x))
    ways = pd.DataFrame(
        {
            "drop": column,
            "mean": column.fillna(column.mean()),
            "line": column.fillna(line),
            "draw": column.fillna(line + residuals),
        }
    )
    kept, bias = ways.notna().mean(), ways.mean() - x.mean()
    return pd.DataFrame({"kept": kept, "bias": bias, "spread": ways.std() / pd.Series(x).std()})


def choose_way(costs: pd.DataFrame, every_row: bool, max_bias: float) -> str:
    """A query and a sort."""
    left = costs.query("-@max_bias <= bias <= @max_bias")
    if every_row:
        left = left.query("kept >= 1")
    order = left["spread"].sub(1).abs().sort_values(kind="stable").index
    return str(order[0]) if len(order) else "none"
