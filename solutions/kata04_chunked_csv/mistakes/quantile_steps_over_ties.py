"""Each pass takes the next max_floats values above the last, ties of it left out."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _chunks


def stream_quantile(path: Path, col: str, q: float, chunksize: int, max_floats: int) -> float:
    """Each pass takes the next max_floats values above the last, ties of it left out."""
    n = sum(int(c[col].count()) for c in _chunks(path, {col: float}, chunksize))
    rank, bound = max(1, math.ceil(q * n - 1e-9)), -math.inf
    while True:
        held = np.array([])
        for chunk in _chunks(path, {col: float}, chunksize):
            x = chunk[col].to_numpy()
            held = np.sort(np.concatenate([held, x[x > bound]]))[:max_floats]
        if rank <= held.size:
            return float(held[rank - 1])
        if not held.size:
            return bound
        rank, bound = rank - held.size, float(held[-1])
