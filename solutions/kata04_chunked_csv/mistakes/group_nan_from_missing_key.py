"""The sums of two chunks are added as Series: a key that one lacks becomes NaN.

Fails: TestGroupStats::test_a_key_that_a_chunk_lacks_keeps_what_it_has
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import STATS, Moments, _chunks, _combine, _moments


def group_stats(path: Path, key: str, value: str, chunksize: int) -> pd.DataFrame:
    """The sums of two chunks are added as Series: a key that one lacks becomes NaN."""
    stats: dict[str, tuple[Moments, float, float, float]] = {}
    sums = None
    for chunk in _chunks(path, {key: str, value: float}, chunksize):
        part_sums = chunk.dropna().groupby(key)[value].sum()
        sums = part_sums if sums is None else sums + part_sums
        for name, group in chunk.dropna().groupby(key)[value]:
            x = group.to_numpy()
            part = _moments(x), x.sum(), x.min(), x.max()
            stats[name] = _combine(stats[name], part) if name in stats else part
    rows = {
        name: (m.n, sums[name] if sums is not None else total, m.mean, m.m2, low, high)
        for name, (m, total, low, high) in sorted(stats.items())
    }
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=list(STATS)).astype(STATS)
    frame["var"] /= frame["n"] - 1
    return frame.rename_axis(key)
