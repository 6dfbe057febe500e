"""The quantile is that of the chunks' quantiles."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _chunks


def stream_quantile(path: Path, col: str, q: float, chunksize: int, max_floats: int) -> float:
    """The quantile is that of the chunks' quantiles."""
    parts = []
    for chunk in _chunks(path, {col: float}, chunksize):
        x = np.sort(chunk[col].dropna())
        if x.size:
            parts.append(x[max(1, math.ceil(q * x.size - 1e-9)) - 1])
    return float(np.sort(parts)[max(1, math.ceil(q * len(parts) - 1e-9)) - 1])
