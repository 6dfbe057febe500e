"""Leave pandas: the rows go into a temporary database on disk, and SQL answers.

The variance takes two passes (the mean first), the quantile is an ORDER BY with an OFFSET, and the
load fills a staging table that replaces the old one in the last step.
"""

import csv
import math
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import Engine, Moments

STATS_OF_KEYS = """
    SELECT s.k, COUNT(*), SUM(s.x), m.mean,
           CASE WHEN COUNT(*) > 1 THEN SUM((s.x - m.mean) * (s.x - m.mean)) / (COUNT(*) - 1) END,
           MIN(s.x), MAX(s.x)
    FROM sales AS s JOIN (SELECT k, AVG(x) AS mean FROM sales GROUP BY k) AS m ON m.k = s.k
    GROUP BY s.k ORDER BY s.k
"""


def merge_moments(a: "Moments", b: "Moments") -> "Moments":
    """Shift both parts so that the larger one has the mean 0, and work there."""
    if a.n < b.n:
        a, b = b, a
    if b.n == 0:
        return a
    n = a.n + b.n
    shifted = b.mean - a.mean
    squares = a.m2 + b.m2 + b.n * shifted * shifted
    return type(a)(n, a.mean + b.n * shifted / n, squares - (b.n * shifted) ** 2 / n)


@contextmanager
def scratch(
    path: Path, key: str | None, value: str, chunksize: int
) -> Iterator[sqlite3.Connection]:
    """Copy two columns into a temporary database on disk, rows with an empty field left out."""
    with closing(sqlite3.connect("")) as connection:
        connection.execute("CREATE TABLE sales (k TEXT, x REAL)")
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = (
                (row[key] if key else "", float(row[value]))
                for row in csv.DictReader(file)
                if row[value] and (not key or row[key])
            )
            while batch := list(islice(rows, chunksize)):
                connection.executemany("INSERT INTO sales VALUES (?, ?)", batch)
        yield connection


def group_stats(path: Path, key: str, value: str, chunksize: int) -> pd.DataFrame:
    """Group in SQL."""
    with scratch(path, key, value, chunksize) as connection:
        rows = connection.execute(STATS_OF_KEYS).fetchall()
    frame = pd.DataFrame(rows, columns=[key, "n", "sum", "mean", "var", "min", "max"])
    frame[key] = frame[key].astype(str)
    types = {"n": "int64"} | dict.fromkeys(("sum", "mean", "var", "min", "max"), "float64")
    return frame.set_index(key).astype(types)


def top_k_keys(path: Path, key: str, value: str, k: int, chunksize: int) -> list[tuple[str, float]]:
    """Sort in SQL."""
    question = "SELECT k, SUM(x) AS total FROM sales GROUP BY k ORDER BY total DESC, k LIMIT ?"
    with scratch(path, key, value, chunksize) as connection:
        return connection.execute(question, (k,)).fetchall()


def stream_quantile(path: Path, col: str, q: float, chunksize: int, max_floats: int) -> float:
    """Let the database sort, on disk."""
    with scratch(path, None, col, chunksize) as connection:
        (n,) = connection.execute("SELECT COUNT(*) FROM sales").fetchone()
        rank = max(1, math.ceil(q * n - 1e-9))
        question = "SELECT x FROM sales ORDER BY x LIMIT 1 OFFSET ?"
        (x,) = connection.execute(question, (rank - 1,)).fetchone()
    return float(x)


def real(text: str) -> float:
    """Convert only what looks like a number: float() alone takes nan."""
    if not set(text) <= set("+-.0123456789eE"):
        raise ValueError(f"{text} is not a number")
    return float(text)


def load_sqlite(path: Path, db: Path, table: str, schema: dict[str, str], chunksize: int) -> int:
    """Fill a staging table batch by batch, and swap it in at the end."""
    casts: dict[str, Callable[[str], object]] = {"TEXT": str, "INTEGER": int, "REAL": real}
    staging = f"{table} staging"
    fields = ", ".join(f'"{name}" {kind}' for name, kind in schema.items())
    loaded = 0
    with (
        closing(sqlite3.connect(db)) as connection,
        path.open(encoding="utf-8-sig", newline="") as f,
    ):
        lines = csv.reader(f)
        header = next(lines)
        order = [(header.index(name), casts[kind]) for name, kind in schema.items()]
        try:
            connection.execute("BEGIN")
            connection.execute(f'CREATE TABLE "{staging}" ({fields})')
            while batch := list(islice(lines, chunksize)):
                rows = [[cast(r[i]) if r[i] else None for i, cast in order] for r in batch]
                holes = ",".join("?" for _ in order)
                connection.executemany(f'INSERT INTO "{staging}" VALUES ({holes})', rows)
                loaded += len(rows)
            connection.execute(f'DROP TABLE IF EXISTS "{table}"')
            connection.execute(f'ALTER TABLE "{staging}" RENAME TO "{table}"')
            connection.commit()
        finally:
            connection.rollback()
    return loaded


def rank_engines(
    engines: "list[Engine]", rows: int, questions: int, memory: int
) -> list[tuple[str, float, float]]:
    """Insert each engine that fits before the first that is slower."""
    ranked: list[tuple[str, float, float]] = []
    for engine in engines:
        a, b = engine.rows
        share = (rows - a) / (b - a)
        peak = (1 - share) * engine.peaks[0] + share * engine.peaks[1]
        seconds = rows / 1_000_000 * engine.load + rows / 1_000_000 * engine.ask * questions
        place = sum(1 for _, _, other in ranked if other <= seconds)
        if not peak > memory:
            ranked.insert(place, (engine.name, peak, seconds))
    return ranked
