"""The total of a key without any value is 0.0.

Fails: TestTopKKeys::test_a_key_without_any_value_is_not_listed
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _chunks, _require


def top_k_keys(path: Path, key: str, value: str, k: int, chunksize: int) -> list[tuple[str, float]]:
    """The total of a key without any value is 0.0."""
    _require(k >= 1, "k must be at least 1")
    totals: dict[str, float] = {}
    for chunk in _chunks(path, {key: str, value: float}, chunksize):
        for name, total in chunk.groupby(key)[value].sum().items():
            totals[name] = totals.get(name, 0.0) + total
    return sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:k]
