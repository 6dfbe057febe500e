"""Lines are cut at every comma.

Fails: TestLoadSqlite::test_a_quoted_text_may_hold_a_comma
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import FROM_TEXT, _require


def load_sqlite(path: Path, db: Path, table: str, schema: dict[str, str], chunksize: int) -> int:
    """Lines are cut at every comma."""
    _require(bool(schema) and set(schema.values()) <= set(FROM_TEXT), "schema has a bad type")
    _require(set(schema) <= set(pd.read_csv(path, nrows=0)), "schema has an unknown column")
    columns = ", ".join(f'"{column}" {kind}' for column, kind in schema.items())
    places = ", ".join("?" for _ in schema)
    loaded = 0
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("BEGIN")  # sqlite3 opens none by itself before DROP and CREATE
        connection.execute(f'DROP TABLE IF EXISTS "{table}"')
        connection.execute(f'CREATE TABLE "{table}" ({columns})')
        with path.open(encoding="utf-8") as lines:
            header = next(lines).rstrip("\n").split(",")
            _require(chunksize >= 1, "chunksize must be at least 1")
            for line in lines:
                row = dict(zip(header, line.rstrip("\n").split(","), strict=False))
                typed = [FROM_TEXT[kind](row[c]) if row[c] else None for c, kind in schema.items()]
                connection.execute(f'INSERT INTO "{table}" VALUES ({places})', typed)
                loaded += 1
    return loaded
