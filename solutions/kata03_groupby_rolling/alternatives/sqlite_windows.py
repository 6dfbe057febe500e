"""SQL's windows: ROWS counts rows; RANGE counts time and takes all peers, so it fits prior_mean."""

import sqlite3
from typing import Any

import pandas as pd

_STRICTLY_BEFORE = """
    SELECT row, AVG(v) OVER (
        PARTITION BY user ORDER BY t RANGE BETWEEN :span PRECEDING AND 1 PRECEDING
    ) FROM event
"""
_LAST_ROWS = """
    SELECT row, CASE WHEN COUNT(v) OVER w >= :least THEN AVG(v) OVER w END FROM event
    WINDOW w AS (PARTITION BY user ORDER BY t, row ROWS BETWEEN :n - 1 PRECEDING AND CURRENT ROW)
"""


def _ask(df: pd.DataFrame, sql: str, **values: int) -> pd.Series:
    """Load the events of known users into a table, ask, and put the answers where they belong."""
    clock = df["ts"].to_numpy().astype("datetime64[us]").astype("int64").tolist()
    codes = pd.factorize(df["user_id"])[0].tolist()
    cells: list[Any] = [None if pd.isna(v) else v for v in df["v"].tolist()]
    table = [row for row in zip(range(len(df)), codes, clock, cells, strict=True) if row[1] >= 0]
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE event (row INTEGER, user INTEGER, t INTEGER, v)")
    connection.executemany("INSERT INTO event VALUES (?, ?, ?, ?)", table)
    answers = dict(connection.execute(sql, values).fetchall())
    connection.close()
    return pd.Series([answers.get(i) for i in range(len(df))], index=df.index, dtype="float64")


def trailing_mean_rows(df: pd.DataFrame, n_rows: int, min_rows: int) -> pd.Series:
    """Ask for ROWS BETWEEN."""
    return _ask(df, _LAST_ROWS.replace(":n", str(n_rows)), least=min_rows)


def prior_mean(df: pd.DataFrame, days: int) -> pd.Series:
    """Ask for RANGE BETWEEN, up to a microsecond ago."""
    return _ask(df, _STRICTLY_BEFORE, span=days * 86_400 * 10**6)
