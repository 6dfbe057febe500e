"""A file with fewer than k keys is refused.

Fails: TestTopKKeys::test_fewer_keys_than_k_are_all_listed (error)
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _require, group_stats


def top_k_keys(path: Path, key: str, value: str, k: int, chunksize: int) -> list[tuple[str, float]]:
    """A file with fewer than k keys is refused."""
    _require(k >= 1, "k must be at least 1")
    totals = group_stats(path, key, value, chunksize)["sum"]
    _require(k <= len(totals), "k must not exceed the number of keys")
    return list(totals.nlargest(k).items())
