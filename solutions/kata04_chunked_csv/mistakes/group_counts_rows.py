"""The rows of a key are counted, also those without a value.

Fails: TestGroupStats::test_an_empty_value_is_not_counted
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import STATS, Moments, _chunks, _combine, _moments


def group_stats(path: Path, key: str, value: str, chunksize: int) -> pd.DataFrame:
    """The rows of a key are counted, also those without a value."""
    stats: dict[str, tuple[Moments, float, float, float]] = {}
    sizes: dict[str, int] = {}
    for chunk in _chunks(path, {key: str, value: float}, chunksize):
        for name, group in chunk.groupby(key)[value]:
            sizes[name] = sizes.get(name, 0) + group.size
            x = group.dropna().to_numpy()
            if not x.size:
                continue
            part = _moments(x), x.sum(), x.min(), x.max()
            stats[name] = _combine(stats[name], part) if name in stats else part
    rows = {
        name: (sizes[name], total, m.mean, m.m2, low, high)
        for name, (m, total, low, high) in sorted(stats.items())
    }
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=list(STATS)).astype(STATS)
    frame["var"] /= frame["n"] - 1
    return frame.rename_axis(key)
