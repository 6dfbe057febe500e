"""The file is read at once.

Fails: TestTopKKeys::test_memory_does_not_grow_with_the_rows
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _chunks, _require


def top_k_keys(path: Path, key: str, value: str, k: int, chunksize: int) -> list[tuple[str, float]]:
    """The file is read at once."""
    _require(k >= 1, "k must be at least 1")
    chunks = list(_chunks(path, {key: str, value: float}, chunksize))
    totals = pd.concat(chunks).dropna().groupby(key)[value].sum()
    return list(totals.nlargest(k).items())
