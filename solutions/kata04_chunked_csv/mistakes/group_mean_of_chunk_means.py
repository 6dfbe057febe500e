"""The mean is the mean of the chunks' means.

Fails: TestGroupStats::test_a_short_last_chunk_weighs_as_much_as_its_rows
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import STATS, Moments, _chunks, _combine, _moments


def group_stats(path: Path, key: str, value: str, chunksize: int) -> pd.DataFrame:
    """The mean is the mean of the chunks' means."""
    stats: dict[str, tuple[Moments, float, float, float]] = {}
    means: dict[str, list[float]] = {}
    for chunk in _chunks(path, {key: str, value: float}, chunksize):
        for name, group in chunk.dropna().groupby(key)[value]:
            x = group.to_numpy()
            part = _moments(x), x.sum(), x.min(), x.max()
            stats[name] = _combine(stats[name], part) if name in stats else part
            means.setdefault(name, []).append(x.mean())
    rows = {
        name: (m.n, total, sum(means[name]) / len(means[name]), m.m2, low, high)
        for name, (m, total, low, high) in sorted(stats.items())
    }
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=list(STATS)).astype(STATS)
    frame["var"] /= frame["n"] - 1
    return frame.rename_axis(key)
