"""The rank smallest values are kept in a heap."""

import heapq
import math
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _chunks


def stream_quantile(path: Path, col: str, q: float, chunksize: int, max_floats: int) -> float:
    """The rank smallest values are kept in a heap."""
    n = sum(int(chunk[col].count()) for chunk in _chunks(path, {col: float}, chunksize))
    rank = max(1, math.ceil(q * n - 1e-9))
    heap: list[float] = []
    for chunk in _chunks(path, {col: float}, chunksize):
        for x in chunk[col].dropna():
            if len(heap) < rank:
                heapq.heappush(heap, -x)
            else:
                heapq.heappushpop(heap, -x)
    return float(-heap[0])
