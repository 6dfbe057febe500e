"""Each chunk guesses the type of its keys.

Fails: TestGroupStats::test_a_key_is_the_same_key_in_every_chunk
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import STATS, Moments, _combine, _moments


def group_stats(path: Path, key: str, value: str, chunksize: int) -> pd.DataFrame:
    """Each chunk guesses the type of its keys."""
    stats: dict[str, tuple[Moments, float, float, float]] = {}
    reader = pd.read_csv(
        path,
        usecols=[key, value],
        keep_default_na=False,
        na_values=[""],
        chunksize=chunksize,
    )
    for chunk in reader:
        chunk = chunk.dropna()
        for name, group in chunk.groupby(key)[value]:
            x = group.to_numpy()
            part = _moments(x), x.sum(), x.min(), x.max()
            stats[name] = _combine(stats[name], part) if name in stats else part
    rows = {
        name: (m.n, total, m.mean, m.m2, low, high)
        for name, (m, total, low, high) in sorted(stats.items(), key=lambda item: str(item[0]))
    }
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=list(STATS)).astype(STATS)
    frame["var"] /= frame["n"] - 1
    return frame.rename_axis(key)
