"""No pandas until the result: the csv module, one row at a time, and dictionaries.

The variance is Welford's, the quantile takes the next max_floats values above the last in each
pass, and the load hands executemany a generator.
"""

import csv
import heapq
import math
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import Engine, Moments


def merge_moments(a: "Moments", b: "Moments") -> "Moments":
    """Take both means against the common one."""
    n = a.n + b.n
    if n == 0:
        return a
    mean = a.n / n * a.mean + b.n / n * b.mean
    m2 = a.m2 + a.n * (a.mean - mean) ** 2 + b.m2 + b.n * (b.mean - mean) ** 2
    return type(a)(n, mean, m2)


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """Read one row at a time."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        yield from csv.DictReader(file)


def group_stats(path: Path, key: str, value: str, chunksize: int) -> pd.DataFrame:
    """Update n, mean and m2 of a key with each row."""
    stats: dict[str, dict[str, float]] = {}
    for row in rows_of(path):
        if row[key] == "" or row[value] == "":
            continue
        x = float(row[value])
        if row[key] not in stats:
            stats[row[key]] = {"n": 0, "sum": 0.0, "mean": 0.0, "var": 0.0, "min": x, "max": x}
        s = stats[row[key]]
        s["n"] += 1
        s["sum"] += x
        step = x - s["mean"]
        s["mean"] += step / s["n"]
        s["var"] += step * (x - s["mean"])
        s["min"] = min(s["min"], x)
        s["max"] = max(s["max"], x)
    for s in stats.values():
        s["var"] = s["var"] / (s["n"] - 1) if s["n"] > 1 else math.nan
    keys = sorted(stats)
    frame = pd.DataFrame(
        {
            name: [stats[k][name] for k in keys]
            for name in ("n", "sum", "mean", "var", "min", "max")
        },
        index=pd.Index(keys, name=key, dtype=object),
    ).astype(float)
    return frame.astype({"n": "int64"})


def top_k_keys(path: Path, key: str, value: str, k: int, chunksize: int) -> list[tuple[str, float]]:
    """Add up all totals, then sort."""
    totals: dict[str, float] = {}
    for row in rows_of(path):
        if row[key] and row[value]:
            totals[row[key]] = totals.get(row[key], 0.0) + float(row[value])
    return sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))[:k]


def stream_quantile(path: Path, col: str, q: float, chunksize: int, max_floats: int) -> float:
    """Hold the max_floats smallest values above a bound, and raise the bound with each pass."""
    n = sum(1 for row in rows_of(path) if row[col])
    rank = max(1, math.ceil(q * n - 1e-9))
    bound = -math.inf
    while True:
        up_to_bound = 0
        held: list[float] = []  # a heap of the negatives: the largest value held comes first
        for row in rows_of(path):
            if row[col] == "":
                continue
            x = float(row[col])
            if x <= bound:
                up_to_bound += 1
            elif len(held) < max_floats:
                heapq.heappush(held, -x)
            else:
                heapq.heappushpop(held, -x)
        if rank <= up_to_bound:
            return bound
        if rank <= up_to_bound + len(held):
            return sorted(-x for x in held)[rank - up_to_bound - 1]
        bound = -held[0]


def load_sqlite(path: Path, db: Path, table: str, schema: dict[str, str], chunksize: int) -> int:
    """Hand executemany a generator of rows, inside a transaction opened by hand."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)

        def converted() -> Iterator[list[object]]:
            for row in reader:
                yield [typed(row[column], kind) for column, kind in schema.items()]

        connection = sqlite3.connect(db, isolation_level=None)
        with closing(connection):
            connection.execute("BEGIN IMMEDIATE")
            try:
                connection.execute(f'DROP TABLE IF EXISTS "{table}"')
                columns = ",".join(f'"{column}" {kind}' for column, kind in schema.items())
                connection.execute(f'CREATE TABLE "{table}" ({columns})')
                marks = ",".join("?" * len(schema))
                connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', converted())
                (loaded,) = connection.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
    return int(loaded)


def typed(text: str, kind: str) -> object:
    """Turn a field into what its column holds."""
    if text == "":
        return None
    if kind == "INTEGER":
        return int(text)
    if kind == "REAL":
        if float(text) - float(text) != 0.0:
            raise ValueError(f"{text} is not finite")
        return float(text)
    return text


def rank_engines(
    engines: "list[Engine]", rows: int, questions: int, memory: int
) -> list[tuple[str, float, float]]:
    """Take whole bytes, in exact arithmetic, and remove what does not fit at the end."""
    answers = []
    for engine in engines:
        (few, many), (low, high) = engine.rows, engine.peaks
        peak = Fraction(high - low, many - few) * (rows - many) + high
        answers.append((engine.name, round(float(peak), 3), time_of(engine, rows, questions)))
    answers.sort(key=lambda answer: answer[-1])
    return [answer for answer in answers if answer[1] <= memory]


def time_of(engine: "Engine", rows: int, questions: int) -> float:
    """Add up the load and the questions, one after the other."""
    return sum([engine.load] + [engine.ask] * questions) * (rows / 1e6)
