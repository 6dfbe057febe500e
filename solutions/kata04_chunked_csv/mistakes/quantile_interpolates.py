"""The quantile lies between two values, as numpy's default does."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _chunks


def stream_quantile(path: Path, col: str, q: float, chunksize: int, max_floats: int) -> float:
    """The quantile lies between two values, as numpy's default does."""
    chunks = [chunk[col].dropna() for chunk in _chunks(path, {col: float}, chunksize)]
    x = np.sort(np.concatenate(chunks))
    return float(np.quantile(x, q))
