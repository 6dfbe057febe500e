"""Without groups, the frame has no columns.

Fails: TestGroupStats::test_a_file_of_only_a_header_gives_no_rows_and_all_columns
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import STATS, Moments, _chunks, _combine, _moments


def group_stats(path: Path, key: str, value: str, chunksize: int) -> pd.DataFrame:
    """Without groups, the frame has no columns."""
    stats: dict[str, tuple[Moments, float, float, float]] = {}
    for chunk in _chunks(path, {key: str, value: float}, chunksize):
        for name, group in chunk.dropna().groupby(key)[value]:
            x = group.to_numpy()
            part = _moments(x), x.sum(), x.min(), x.max()
            stats[name] = _combine(stats[name], part) if name in stats else part
    rows = {
        name: (m.n, total, m.mean, m.m2, low, high)
        for name, (m, total, low, high) in sorted(stats.items())
    }
    if not rows:
        return pd.DataFrame()
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=list(STATS)).astype(STATS)
    frame["var"] /= frame["n"] - 1
    return frame.rename_axis(key)
