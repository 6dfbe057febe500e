"""The quantile is that of the chunks' quantiles."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _chunks, _require


def stream_quantile(path: Path, col: str, q: float, chunksize: int, max_floats: int) -> float:
    """The quantile is that of the chunks' quantiles."""
    _require(0 <= q <= 1, "q must lie in [0, 1]")
    _require(max_floats >= 1, "max_floats must be at least 1")
    parts = []
    for chunk in _chunks(path, {col: float}, chunksize):
        x = np.sort(chunk[col].dropna())
        if x.size:
            parts.append(x[max(1, math.ceil(q * x.size - 1e-9)) - 1])
    _require(bool(parts), "col has no values")
    return float(np.sort(parts)[max(1, math.ceil(q * len(parts) - 1e-9)) - 1])
