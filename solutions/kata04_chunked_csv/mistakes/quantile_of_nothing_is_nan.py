"""A column without values has the quantile NaN.

Fails: TestStreamQuantile::test_a_column_without_values_is_an_error
"""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _chunks, _require


def stream_quantile(path: Path, col: str, q: float, chunksize: int, max_floats: int) -> float:
    """A column without values has the quantile NaN."""
    _require(0 <= q <= 1, "q must lie in [0, 1]")
    _require(max_floats >= 1, "max_floats must be at least 1")

    def between(low: float, high: float) -> Iterator[np.ndarray]:
        for chunk in _chunks(path, {col: float}, chunksize):
            x = chunk[col]
            yield x[x.between(low, high)].to_numpy()

    n, low, high = 0, float("inf"), float("-inf")
    for x in between(-math.inf, math.inf):
        n += x.size
        low, high = x.min(initial=low), x.max(initial=high)
    if not n:
        return math.nan
    rank = max(1, math.ceil(q * n - 1e-9))
    while n > max_floats:
        if low == high:
            return float(low)
        middle = min(np.mean([low, high]), np.nextafter(high, low))
        floor, ceiling = low, high
        n_low = n_high = 0
        for x in between(low, high):
            left, right = x[x <= middle], x[x > middle]
            n_low += left.size
            n_high += right.size
            floor, ceiling = left.max(initial=floor), right.min(initial=ceiling)
        if rank <= n_low:
            n, high = n_low, floor
        else:
            n, low = n_high, ceiling
            rank -= n_low
    return float(np.sort(np.concatenate(list(between(low, high))))[rank - 1])
