"""The halving stops when the range is small against the data, at the largest value in it."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _chunks


def stream_quantile(path: Path, col: str, q: float, chunksize: int, max_floats: int) -> float:
    """The halving stops when the range is small against the data, at the largest value in it."""
    n, low, high = 0, math.inf, -math.inf
    for chunk in _chunks(path, {col: float}, chunksize):
        x = chunk[col].dropna().to_numpy()
        n, low, high = n + x.size, x.min(initial=low), x.max(initial=high)
    rank, tolerance = max(1, math.ceil(q * n - 1e-9)), 1e-6 * max(1.0, high - low)
    while high - low > tolerance:
        middle = (low + high) / 2
        chunks = _chunks(path, {col: float}, chunksize)
        if sum(int((chunk[col] <= middle).sum()) for chunk in chunks) >= rank:
            high = middle
        else:
            low = middle
    chunks = _chunks(path, {col: float}, chunksize)
    return max(float(x) for chunk in chunks for x in chunk[col] if x <= high)
