"""All keys at once: partial results of every chunk are stacked and folded by one groupby.

The quantile halves the range of the values until one value is left and holds none of them; the
load lets pandas' nullable integers do the conversion.
"""

import math
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import Engine, Moments

TEXT_OPTIONS = {"keep_default_na": False, "na_values": [""]}
FOLDS = {"n": "sum", "sum": "sum", "m2": "sum", "min": "min", "max": "max"}


def merge_moments(a: "Moments", b: "Moments") -> "Moments":
    """The total is what is within the parts plus what is between them."""
    parts = [part for part in (a, b) if part.n]
    if not parts:
        return a
    sizes = np.array([part.n for part in parts])
    means = np.array([part.mean for part in parts])
    mean = float(np.average(means, weights=sizes))
    between = float((sizes * (means - mean) ** 2).sum())
    return type(a)(int(sizes.sum()), mean, sum(part.m2 for part in parts) + between)


def fold(parts: pd.DataFrame) -> pd.DataFrame:
    """Fold several rows of a key into one."""
    by = parts.index
    mean = (parts["n"] * parts["mean"]).groupby(level=0).sum() / parts["n"].groupby(level=0).sum()
    between = parts["n"] * (parts["mean"] - mean.reindex(by).to_numpy()) ** 2
    folded = parts.assign(m2=parts["m2"] + between).groupby(level=0).agg(FOLDS)
    return folded.assign(mean=mean)


def group_stats(path: Path, key: str, value: str, chunksize: int) -> pd.DataFrame:
    """Fold the rows of each chunk into the rows so far."""
    total = pd.DataFrame()
    types = {key: str, value: float}
    with pd.read_csv(
        path, usecols=[key, value], dtype=types, chunksize=chunksize, **TEXT_OPTIONS
    ) as chunks:
        for chunk in chunks:
            chunk = chunk[chunk[key].notna() & chunk[value].notna()]
            rows = pd.DataFrame(
                {"n": 1, "sum": chunk[value], "mean": chunk[value], "m2": 0.0}
                | {"min": chunk[value], "max": chunk[value]}
            ).set_index(chunk[key])
            total = fold(pd.concat([total, fold(rows)]) if len(total) else rows)
    spare = (total["n"] - 1).where(total["n"] > 1)
    stats = total.assign(var=total["m2"] / spare)[["n", "sum", "mean", "var", "min", "max"]]
    return stats.astype({"n": "int64"}).rename_axis(index=key)


def top_k_keys(path: Path, key: str, value: str, k: int, chunksize: int) -> list[tuple[str, float]]:
    """Sort a frame by two columns."""
    totals = group_stats(path, key, value, chunksize)["sum"].reset_index()
    best = totals.sort_values(["sum", key], ascending=[False, True]).head(k)
    return [(str(name), float(total)) for name, total in best.itertuples(index=False)]


def stream_quantile(path: Path, col: str, q: float, chunksize: int, max_floats: int) -> float:
    """Ask for the smallest value with enough values up to it; one value is left in the end."""
    n, _, low, high = survey(path, col, chunksize, math.inf)
    rank = max(1, math.ceil(q * n - 1e-9))
    while low < high:
        pivot = low + (high - low) / 2
        if pivot >= high:
            pivot = low
        up_to, largest, _, _ = survey(path, col, chunksize, pivot)
        if up_to >= rank:
            high = largest
        else:
            low = next_above(path, col, chunksize, pivot)
    return high


def survey(path: Path, col: str, chunksize: int, pivot: float) -> tuple[int, float, float, float]:
    """Count the values up to a pivot; also the largest of them, and the extremes of all."""
    n, largest, low, high = 0, -math.inf, math.inf, -math.inf
    for chunk in pd.read_csv(path, usecols=[col], chunksize=chunksize, dtype={col: float}):
        x = chunk[col].dropna()
        if len(x):
            low, high = min(low, x.min()), max(high, x.max())
            below = x[x <= pivot]
            n += len(below)
            largest = max(largest, below.max()) if len(below) else largest
    return n, largest, low, high


def next_above(path: Path, col: str, chunksize: int, pivot: float) -> float:
    """Return the smallest value above a pivot."""
    above = math.inf
    for chunk in pd.read_csv(path, usecols=[col], chunksize=chunksize, dtype={col: float}):
        x = chunk[col].dropna()
        x = x[x > pivot]
        above = min(above, x.min()) if len(x) else above
    return above


def load_sqlite(path: Path, db: Path, table: str, schema: dict[str, str], chunksize: int) -> int:
    """Read typed chunks, and insert their rows between BEGIN and COMMIT."""
    kinds = {"TEXT": "string", "INTEGER": "Int64", "REAL": "Float64"}
    loaded = 0
    with closing(sqlite3.connect(db, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute(f'DROP TABLE IF EXISTS "{table}"')
        declared = ", ".join(f'"{name}" {kind}' for name, kind in schema.items())
        connection.execute(f'CREATE TABLE "{table}" ({declared})')
        types = {name: kinds[kind] for name, kind in schema.items()}
        with pd.read_csv(
            path, usecols=list(schema), dtype="string", chunksize=chunksize, **TEXT_OPTIONS
        ) as chunks:
            for chunk in chunks:
                plain = chunk[list(schema)].astype(types).astype(object)
                for column in (name for name, kind in schema.items() if kind == "REAL"):
                    words = chunk[column][chunk[column].str.contains("[a-df-zA-DF-Z]", na=False)]
                    if len(words):
                        raise ValueError(f"no numbers: {list(words)}")
                rows = plain.where(plain.notna(), None).itertuples(index=False, name=None)
                marks = ", ".join(["?"] * len(schema))
                connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)
                loaded += len(chunk)
        connection.execute("COMMIT")
    return loaded


def rank_engines(
    engines: "list[Engine]", rows: int, questions: int, memory: int
) -> list[tuple[str, float, float]]:
    """Fit the lines with polyfit, and let a frame filter and sort."""
    if not engines:
        return []
    lines = [np.polyfit(engine.rows, engine.peaks, 1) for engine in engines]
    frame = pd.DataFrame(
        {
            "name": [engine.name for engine in engines],
            "peak": [np.polyval(line, rows) for line in lines],
            "seconds": [(e.load + e.ask * questions) * rows / 1e6 for e in engines],
        }
    )
    fits = frame[frame["peak"] <= memory].sort_values("seconds")
    return list(fits.itertuples(index=False, name=None))
