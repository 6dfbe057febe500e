"""The k best of each chunk are added up.

Fails: TestTopKKeys::test_a_key_that_leads_no_chunk_can_lead_the_file
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _chunks, _require


def top_k_keys(path: Path, key: str, value: str, k: int, chunksize: int) -> list[tuple[str, float]]:
    """The k best of each chunk are added up."""
    _require(k >= 1, "k must be at least 1")
    totals: dict[str, float] = {}
    for chunk in _chunks(path, {key: str, value: float}, chunksize):
        part = chunk.dropna().groupby(key)[value].sum()
        for name, total in part.nlargest(k).items():
            totals[name] = totals.get(name, 0.0) + total
    return sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:k]
