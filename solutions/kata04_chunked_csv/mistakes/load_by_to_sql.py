"""The first chunk replaces the table by to_sql, the others are appended.

Fails: TestLoadSqlite::test_an_error_makes_no_table_where_there_was_none
Seen first: TestLoadSqlite::test_chunks_before_an_error_are_taken_back
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import FROM_TEXT, _chunks, _require


def load_sqlite(path: Path, db: Path, table: str, schema: dict[str, str], chunksize: int) -> int:
    """The first chunk replaces the table by to_sql, the others are appended."""
    _require(bool(schema) and set(schema.values()) <= set(FROM_TEXT), "schema has a bad type")
    _require(set(schema) <= set(pd.read_csv(path, nrows=0)), "schema has an unknown column")
    loaded = 0
    with closing(sqlite3.connect(db)) as connection, connection:
        for chunk in _chunks(path, dict.fromkeys(schema, str), chunksize):
            texts = chunk.fillna("")
            fields = {
                column: [FROM_TEXT[kind](text) if text else None for text in texts[column]]
                for column, kind in schema.items()
            }
            pd.DataFrame(fields, dtype=object).to_sql(
                table,
                connection,
                if_exists="append" if loaded else "replace",
                index=False,
                dtype=schema,
            )
            loaded += len(chunk)
    return loaded
