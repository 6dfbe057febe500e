"""Totals are added as Series: a key that one chunk lacks becomes NaN.

Fails: TestTopKKeys::test_a_key_that_a_chunk_lacks_keeps_its_total
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _chunks, _require


def top_k_keys(path: Path, key: str, value: str, k: int, chunksize: int) -> list[tuple[str, float]]:
    """Totals are added as Series: a key that one chunk lacks becomes NaN."""
    _require(k >= 1, "k must be at least 1")
    totals = None
    for chunk in _chunks(path, {key: str, value: float}, chunksize):
        part = chunk.dropna().groupby(key)[value].sum()
        totals = part if totals is None else totals + part
    return [] if totals is None else list(totals.nlargest(k).items())
