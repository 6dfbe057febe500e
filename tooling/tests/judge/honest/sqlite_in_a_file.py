"""A database in a file."""

import sqlite3

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    db = sqlite3.connect("center.db")
    db.execute("CREATE TABLE IF NOT EXISTS t (n INTEGER)")
    db.execute("INSERT INTO t VALUES (?)", (len(x),))
    db.commit()
    db.close()
    return x - x.mean()
