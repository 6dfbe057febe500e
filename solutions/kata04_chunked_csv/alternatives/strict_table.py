"""SQLite checks the types itself, and only sums are merged.

The table is STRICT, so a word in a number column is an error of SQLite's. The variance comes from
sums of squares after all, of each key's values less the first of them.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _chunks


def group_stats(path: Path, key: str, value: str, chunksize: int) -> pd.DataFrame:
    """Shift each key's values by its first one: then sums of squares lose nothing."""
    parts = pd.DataFrame()
    first = pd.Series(dtype=float)
    for chunk in _chunks(path, {key: str, value: float}, chunksize):
        rows = chunk.dropna().reset_index(drop=True)
        first = first.combine_first(rows.groupby(key)[value].first())
        shifted = rows[value] - rows[key].map(first).astype(float)
        x = pd.DataFrame({"n": 1, "d": shifted, "dd": shifted**2})
        x = x.assign(sum=rows[value], min=rows[value], max=rows[value])
        by = x.groupby(rows[key]).agg(
            {"n": "sum", "d": "sum", "dd": "sum", "sum": "sum", "min": "min", "max": "max"}
        )
        both = pd.concat([parts, by]).groupby(level=0)
        parts = both.agg(
            {"n": "sum", "d": "sum", "dd": "sum", "sum": "sum", "min": "min", "max": "max"}
        )
    n = parts["n"].astype("int64")
    stats = pd.DataFrame({"n": n, "sum": parts["sum"].astype(float)})
    stats["mean"] = stats["sum"] / n
    stats["var"] = (parts["dd"] - parts["d"] ** 2 / n).astype(float) / (n - 1).where(n > 1)
    return stats.assign(min=parts["min"].astype(float), max=parts["max"].astype(float)).rename_axis(
        key
    )


def load_sqlite(path: Path, db: Path, table: str, schema: dict[str, str], chunksize: int) -> int:
    """Insert text, and let a STRICT table convert or refuse it."""
    fields = ",".join(f'"{column}" {kind}' for column, kind in schema.items())
    with closing(sqlite3.connect(db, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute(f'DROP TABLE IF EXISTS "{table}"')
        connection.execute(f'CREATE TABLE "{table}" ({fields}) STRICT')
        insert = f'INSERT INTO "{table}" VALUES ({",".join("?" * len(schema))})'
        for chunk in _chunks(path, dict.fromkeys(schema, str), chunksize):
            texts = chunk[list(schema)].astype(object)
            rows = texts.where(texts.notna(), None).to_numpy().tolist()
            connection.executemany(insert, rows)
        (loaded,) = connection.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()
        connection.execute("COMMIT")
    return int(loaded)
