"""Exact answers about a CSV file that does not fit into memory, one chunk of rows at a time."""

import math
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

STATS = {"n": int, "sum": float, "mean": float, "var": float, "min": float, "max": float}


def _finite(text: str) -> float:
    x = float(text)
    if not math.isfinite(x):
        raise ValueError(f"{text} is no finite number")
    return x


FROM_TEXT: dict[str, Callable[[str], object]] = {"TEXT": str, "INTEGER": int, "REAL": _finite}


@dataclass(frozen=True)
class Moments:
    """Count, mean, and sum of squared deviations from that mean."""

    n: int
    mean: float
    m2: float


@dataclass(frozen=True)
class Engine:
    """One way to answer, as measured with two files."""

    name: str
    rows: tuple[int, int]
    peaks: tuple[int, int]
    load: float
    ask: float


def merge_moments(a: Moments, b: Moments) -> Moments:
    """Return the Moments of the values of `a` and `b` together (Chan, Golub and LeVeque 1979)."""
    if not b.n:
        return a
    n = a.n + b.n
    delta = b.mean - a.mean
    share = b.n / n
    return Moments(n, a.mean + delta * share, a.m2 + b.m2 + delta**2 * share * a.n)


def group_stats(path: Path, key: str, value: str, chunksize: int) -> pd.DataFrame:
    """Return one row of statistics a key, exact whatever the chunks."""
    stats: dict[str, tuple[Moments, float, float, float]] = {}
    for chunk in _chunks(path, {key: str, value: float}, chunksize):
        for name, group in chunk.dropna().groupby(key)[value]:
            x = group.to_numpy()
            part = _moments(x), x.sum(), x.min(), x.max()
            stats[name] = _combine(stats[name], part) if name in stats else part
    rows = {
        name: (m.n, total, m.mean, m.m2, low, high)
        for name, (m, total, low, high) in sorted(stats.items())
    }
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=list(STATS)).astype(STATS)
    frame["var"] /= frame["n"] - 1
    return frame.rename_axis(key)


def top_k_keys(path: Path, key: str, value: str, k: int, chunksize: int) -> list[tuple[str, float]]:
    """Return the k keys of the largest totals; only complete totals may be ranked."""
    totals = pd.Series(dtype=float)
    for rows in _chunks(path, {key: str, value: float}, chunksize):
        part = rows.dropna().groupby(key)[value].sum()
        totals = totals.add(part, fill_value=0.0)
    return list(totals.sort_index().nlargest(k).items())


def stream_quantile(path: Path, col: str, q: float, chunksize: int, max_floats: int) -> float:
    """Return an exact order statistic by halving the range that holds it, one pass a halving."""

    def between(low: float, high: float) -> Iterator[np.ndarray]:
        for chunk in _chunks(path, {col: float}, chunksize):
            x = chunk[col].to_numpy()
            yield x[(x >= low) & (x <= high)]

    n, low, high = 0, math.inf, -math.inf
    for x in between(-math.inf, math.inf):
        n += x.size
        low, high = x.min(initial=low), x.max(initial=high)
    rank = max(1, math.ceil(q * n - 1e-9))
    while n > max_floats:
        if low == high:
            return float(low)
        middle = min(low / 2 + high / 2, np.nextafter(high, low))
        floor, ceiling = low, high
        n_low = n_high = 0
        for x in between(low, high):
            left, right = x[x <= middle], x[x > middle]
            n_low += left.size
            n_high += right.size
            floor, ceiling = left.max(initial=floor), right.min(initial=ceiling)
        if rank <= n_low:
            n, high = n_low, floor
        else:
            n, low = n_high, ceiling
            rank -= n_low
    return float(np.sort(np.concatenate(list(between(low, high))))[rank - 1])


def load_sqlite(path: Path, db: Path, table: str, schema: dict[str, str], chunksize: int) -> int:
    """Replace a table by the rows of the file, all of them or none."""
    columns = ", ".join(f'"{column}" {kind}' for column, kind in schema.items())
    places = ", ".join("?" for _ in schema)
    loaded = 0
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("BEGIN")  # sqlite3 opens none by itself before DROP and CREATE
        connection.execute(f'DROP TABLE IF EXISTS "{table}"')
        connection.execute(f'CREATE TABLE "{table}" ({columns})')
        for chunk in _chunks(path, dict.fromkeys(schema, str), chunksize):
            texts = chunk.fillna("")
            fields = (
                [FROM_TEXT[kind](text) if text else None for text in texts[column]]
                for column, kind in schema.items()
            )
            rows = zip(*fields, strict=True)
            insert = f'INSERT INTO "{table}" VALUES ({places})'
            loaded += connection.executemany(insert, rows).rowcount
    return loaded


def rank_engines(
    engines: list[Engine], rows: int, questions: int, memory: int
) -> list[tuple[str, float, float]]:
    """Draw the line through the two peaks, drop what does not fit, and sort by time."""
    fitting = []
    for engine in engines:
        (few, many), (small, large) = engine.rows, engine.peaks
        peak = small + (large - small) / (many - few) * (rows - few)
        seconds = (engine.load + questions * engine.ask) * rows / 1e6
        if peak <= memory:
            fitting.append((engine.name, peak, seconds))
    return sorted(fitting, key=lambda answer: answer[2])


def _chunks(path: Path, types: dict[str, type], chunksize: int) -> Iterator[pd.DataFrame]:
    """Read some columns, typed before the first row is seen; only an empty field is missing."""
    options = {"keep_default_na": False, "na_values": [""], "chunksize": chunksize}
    with pd.read_csv(path, usecols=list(types), dtype=types, **options) as reader:
        yield from reader


def _moments(x: np.ndarray) -> Moments:
    return Moments(x.size, float(x.mean()), float(((x - x.mean()) ** 2).sum()))


def _combine(
    a: tuple[Moments, float, float, float], b: tuple[Moments, float, float, float]
) -> tuple[Moments, float, float, float]:
    return merge_moments(a[0], b[0]), a[1] + b[1], min(a[2], b[2]), max(a[3], b[3])
