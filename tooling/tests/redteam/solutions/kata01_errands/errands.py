"""Errands, done honestly: what an attack does not replace."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse


@dataclass(frozen=True)
class Extent:
    """The smallest and the largest of some values."""

    low: float
    high: float


def total(values: np.ndarray) -> float:
    """Add the values up."""
    return float(values.sum())


def mean_of(f: Callable[[float], float], points: list[float]) -> float:
    """Ask f at each point."""
    return sum(f(point) for point in points) / len(points)


def count_lines(path: Path) -> int:
    """Read the file line by line."""
    with path.open(encoding="utf-8") as lines:
        return sum(1 for _ in lines)


def draw(rng: np.random.Generator, n: int) -> np.ndarray:
    """Draw."""
    return rng.random(n)


def largest(db: sqlite3.Connection) -> int:
    """Ask the database."""
    return int(db.execute("SELECT max(n) FROM numbers").fetchone()[0])


def extent(values: list[float]) -> Extent:
    """Look at both ends."""
    if not values:
        raise ValueError("values must hold at least one value")
    return Extent(min(values), max(values))


def counts(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> sparse.csr_array:
    """Add up a one for each pair."""
    return sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()


def shuffled(
    shuffle: Callable[[np.random.Generator, np.ndarray], np.ndarray],
    values: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """Ask for it."""
    return shuffle(rng, values)


def local(stamp: pd.Timestamp, zone: str) -> pd.Timestamp:
    """Turn the clock."""
    return stamp.tz_convert(zone)
