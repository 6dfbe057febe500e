"""An empty list is the answer to k = 0.

Fails: TestTopKKeys::test_k_and_chunksize_are_at_least_one
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _require, group_stats


def top_k_keys(path: Path, key: str, value: str, k: int, chunksize: int) -> list[tuple[str, float]]:
    """An empty list is the answer to k = 0."""
    _require(k >= 0, "k must be at least 1")
    totals = group_stats(path, key, value, chunksize)["sum"]
    return list(totals.nlargest(k).items())
