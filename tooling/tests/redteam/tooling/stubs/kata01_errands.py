"""Errands: one function for each kind of thing that crosses between a test and its answer."""

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
    """Return the sum of the values, which stay as they are; 0.0 of none."""
    raise NotImplementedError


def mean_of(f: Callable[[float], float], points: list[float]) -> float:
    """Return the mean of f over the points, asking f once for each."""
    raise NotImplementedError


def count_lines(path: Path) -> int:
    """Return how many lines a text file has."""
    raise NotImplementedError


def draw(rng: np.random.Generator, n: int) -> np.ndarray:
    """Return n numbers of `rng.random`, shape (n,)."""
    raise NotImplementedError


def largest(db: sqlite3.Connection) -> int:
    """Return the largest `n` of the table `numbers`."""
    raise NotImplementedError


def extent(values: list[float]) -> Extent:
    """Return the smallest and the largest value.

    ValueError: `values` if there is none.
    """
    raise NotImplementedError


def counts(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> sparse.csr_array:
    """Return how often each pair of a row and a column occurs."""
    raise NotImplementedError


def shuffled(
    shuffle: Callable[[np.random.Generator, np.ndarray], np.ndarray],
    values: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return what shuffle makes of rng and the values."""
    raise NotImplementedError


def local(stamp: pd.Timestamp, zone: str) -> pd.Timestamp:
    """Return the same moment on the clock of a time zone."""
    raise NotImplementedError
