"""The m2 of a chunk is its variance times n - 1, which is NaN for one row.

Fails: TestGroupStats::test_a_chunk_of_one_row_brings_its_distance
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import STATS, Moments, _chunks, _combine


def group_stats(path: Path, key: str, value: str, chunksize: int) -> pd.DataFrame:
    """The m2 of a chunk is its variance times n - 1, which is NaN for one row."""
    stats: dict[str, tuple[Moments, float, float, float]] = {}
    for chunk in _chunks(path, {key: str, value: float}, chunksize):
        for name, group in chunk.dropna().groupby(key)[value]:
            x = group.to_numpy()
            moments = Moments(x.size, float(x.mean()), float(group.var() * (x.size - 1)))
            part = moments, x.sum(), x.min(), x.max()
            stats[name] = _combine(stats[name], part) if name in stats else part
    rows = {
        name: (m.n, total, m.mean, m.m2, low, high)
        for name, (m, total, low, high) in sorted(stats.items())
    }
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=list(STATS)).astype(STATS)
    frame["var"] /= frame["n"] - 1
    return frame.rename_axis(key)
