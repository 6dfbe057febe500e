"""Only the first max_floats values are looked at."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _chunks


def stream_quantile(path: Path, col: str, q: float, chunksize: int, max_floats: int) -> float:
    """Only the first max_floats values are looked at."""
    held = np.array([])
    for chunk in _chunks(path, {col: float}, chunksize):
        held = np.concatenate([held, chunk[col].dropna()])[:max_floats]
    return float(np.sort(held)[max(1, math.ceil(q * held.size - 1e-9)) - 1])
