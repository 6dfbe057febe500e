"""read_csv guesses the type of the keys, and which are missing.

Fails: TestTopKKeys::test_keys_are_text_as_written
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _require


def top_k_keys(path: Path, key: str, value: str, k: int, chunksize: int) -> list[tuple[str, float]]:
    """read_csv guesses the type of the keys, and which are missing."""
    _require(k >= 1, "k must be at least 1")
    totals: dict[str, float] = {}
    for chunk in pd.read_csv(path, usecols=[key, value], chunksize=chunksize):
        chunk = chunk.dropna()
        for name, total in chunk.groupby(chunk[key].astype(str))[value].sum().items():
            totals[name] = totals.get(name, 0.0) + total
    return sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:k]
