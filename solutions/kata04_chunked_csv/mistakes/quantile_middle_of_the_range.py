"""The range is halved until it is small, and its middle is the answer."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _chunks


def stream_quantile(path: Path, col: str, q: float, chunksize: int, max_floats: int) -> float:
    """The range is halved until it is small, and its middle is the answer."""
    n, low, high = 0, math.inf, -math.inf
    for chunk in _chunks(path, {col: float}, chunksize):
        x = chunk[col].dropna().to_numpy()
        n, low, high = n + x.size, x.min(initial=low), x.max(initial=high)
    rank, tolerance = max(1, math.ceil(q * n - 1e-9)), 1e-6 * (high - low)
    while high - low > tolerance:
        middle = low + (high - low) / 2
        chunks = _chunks(path, {col: float}, chunksize)
        if sum(int((chunk[col] <= middle).sum()) for chunk in chunks) >= rank:
            high = middle
        else:
            low = middle
    return float(low + (high - low) / 2)
