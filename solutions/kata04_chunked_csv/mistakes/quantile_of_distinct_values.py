"""Equal values are counted once."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _chunks


def stream_quantile(path: Path, col: str, q: float, chunksize: int, max_floats: int) -> float:
    """Equal values are counted once."""
    chunks = [chunk[col].dropna() for chunk in _chunks(path, {col: float}, chunksize)]
    x = np.unique(np.concatenate(chunks))
    return float(x[max(1, math.ceil(q * x.size - 1e-9)) - 1])
