"""Each distinct value is counted in a dictionary."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _chunks


def stream_quantile(path: Path, col: str, q: float, chunksize: int, max_floats: int) -> float:
    """Each distinct value is counted in a dictionary."""
    counts: dict[float, int] = {}
    for chunk in _chunks(path, {col: float}, chunksize):
        for x in chunk[col].dropna():
            counts[x] = counts.get(x, 0) + 1
    rank = max(1, math.ceil(q * sum(counts.values()) - 1e-9))
    for x in sorted(counts):
        rank -= counts[x]
        if rank <= 0:
            return float(x)
    return math.nan
