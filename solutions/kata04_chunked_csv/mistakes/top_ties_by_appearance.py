"""Equal totals keep the order of appearance.

Fails: TestTopKKeys::test_equal_totals_come_in_the_order_of_their_keys
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import _chunks, _require


def top_k_keys(path: Path, key: str, value: str, k: int, chunksize: int) -> list[tuple[str, float]]:
    """Equal totals keep the order of appearance."""
    _require(k >= 1, "k must be at least 1")
    totals: dict[str, float] = {}
    for chunk in _chunks(path, {key: str, value: float}, chunksize):
        for name, amount in chunk.dropna().loc[:, [key, value]].itertuples(index=False):
            totals[name] = totals.get(name, 0.0) + amount
    return sorted(totals.items(), key=lambda item: -item[1])[:k]
