"""A database in memory."""

import sqlite3

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE t (v REAL)")
    db.execute("INSERT INTO t VALUES (?)", (float(x.mean()),))
    (mean,) = db.execute("SELECT v FROM t").fetchone()
    return x - mean
