"""A key without any value appears with n=0.

Fails: TestGroupStats::test_a_key_without_any_value_does_not_appear
"""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import STATS, Moments, _chunks, _combine, _moments


def group_stats(path: Path, key: str, value: str, chunksize: int) -> pd.DataFrame:
    """A key without any value appears with n=0."""
    stats: dict[str, tuple[Moments, float, float, float]] = {}
    keys: set[str] = set()
    for chunk in _chunks(path, {key: str, value: float}, chunksize):
        keys |= set(chunk[key].dropna())
        for name, group in chunk.dropna().groupby(key)[value]:
            x = group.to_numpy()
            part = _moments(x), x.sum(), x.min(), x.max()
            stats[name] = _combine(stats[name], part) if name in stats else part
    rows = {
        name: (m.n, total, m.mean, m.m2, low, high)
        for name, (m, total, low, high) in sorted(stats.items())
    }
    for name in keys - set(rows):
        rows[name] = (0, 0.0, math.nan, 0.0, math.nan, math.nan)
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=list(STATS)).astype(STATS)
    frame["var"] /= frame["n"] - 1
    return frame.rename_axis(key)
