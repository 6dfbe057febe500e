"""Lines are cut at every comma.

Fails: TestGroupStats::test_a_quoted_key_may_hold_a_comma
"""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from solutions.kata04_chunked_csv.chunked_csv import (
        STATS,
        Moments,
        _combine,
        _moments,
        _require,
    )


def group_stats(path: Path, key: str, value: str, chunksize: int) -> pd.DataFrame:
    """Lines are cut at every comma."""
    stats: dict[str, tuple[Moments, float, float, float]] = {}
    _require(chunksize >= 1, "chunksize must be at least 1")
    with path.open(encoding="utf-8") as lines:
        header = next(lines).rstrip("\n").split(",")
        at_key, at_value = header.index(key), header.index(value)
        for line in lines:
            fields = line.rstrip("\n").split(",")
            name, text = fields[at_key], fields[at_value]
            if not name or not text:
                continue
            x = np.array([float(text)])
            part = _moments(x), x.sum(), x.min(), x.max()
            stats[name] = _combine(stats[name], part) if name in stats else part
    rows = {
        name: (m.n, total, m.mean, m.m2, low, high)
        for name, (m, total, low, high) in sorted(stats.items())
    }
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=list(STATS)).astype(STATS)
    frame["var"] /= frame["n"] - 1
    return frame.rename_axis(key)
