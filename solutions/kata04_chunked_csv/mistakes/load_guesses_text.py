"""The type of TEXT columns is left to pandas.

Fails: TestLoadSqlite::test_text_keeps_its_leading_zeros
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import FROM_TEXT, _require


def load_sqlite(path: Path, db: Path, table: str, schema: dict[str, str], chunksize: int) -> int:
    """The type of TEXT columns is left to pandas."""
    _require(bool(schema) and set(schema.values()) <= set(FROM_TEXT), "schema has a bad type")
    _require(set(schema) <= set(pd.read_csv(path, nrows=0)), "schema has an unknown column")
    columns = ", ".join(f'"{column}" {kind}' for column, kind in schema.items())
    places = ", ".join("?" for _ in schema)
    loaded = 0
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("BEGIN")  # sqlite3 opens none by itself before DROP and CREATE
        connection.execute(f'DROP TABLE IF EXISTS "{table}"')
        connection.execute(f'CREATE TABLE "{table}" ({columns})')
        numbers = {column: str for column, kind in schema.items() if kind != "TEXT"}
        for chunk in pd.read_csv(
            path,
            usecols=list(schema),
            dtype=numbers,
            keep_default_na=False,
            na_values=[""],
            chunksize=chunksize,
        ):
            chunk = chunk.astype(object)
            texts = chunk.fillna("")
            fields = (
                [FROM_TEXT[kind](str(text)) if text != "" else None for text in texts[column]]
                for column, kind in schema.items()
            )
            rows = zip(*fields, strict=True)
            loaded += connection.executemany(
                f'INSERT INTO "{table}" VALUES ({places})', rows
            ).rowcount
    return loaded
