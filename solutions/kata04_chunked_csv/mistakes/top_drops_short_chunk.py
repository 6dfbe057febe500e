"""Only full chunks are worked off.

Fails: TestTopKKeys::test_totals_are_those_of_the_whole_file
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _chunks, _require


def top_k_keys(path: Path, key: str, value: str, k: int, chunksize: int) -> list[tuple[str, float]]:
    """Only full chunks are worked off."""
    _require(k >= 1, "k must be at least 1")
    totals: dict[str, float] = {}
    for chunk in _chunks(path, {key: str, value: float}, chunksize):
        if len(chunk) < chunksize:
            break
        for name, total in chunk.dropna().groupby(key)[value].sum().items():
            totals[name] = totals.get(name, 0.0) + total
    return sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:k]
