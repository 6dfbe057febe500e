"""Rows are taken in the order of the file.

Fails: TestTrailingDistinct::test_rows_come_in_any_order
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import (
        _as_the_caller,
        _at_least_one,
        _by_user_and_time,
    )


def trailing_distinct(
    df: pd.DataFrame, days: int, item: str, user: str = "user_id", ts: str = "ts"
) -> pd.Series:
    """Count the items of the user's window, wrongly."""
    _at_least_one(days=days)
    rows = _by_user_and_time(df, user, ts, item)

    rows = rows.sort_index()
    stamps, items, users = rows["ts"].to_numpy(), rows["value"].to_numpy(), rows["user"].to_numpy()
    counts = []
    for i in range(len(rows)):
        young = stamps[: i + 1] > stamps[i] - np.timedelta64(days, "D")
        mine = items[: i + 1][young & (users[: i + 1] == users[i])]
        counts.append(float(pd.Series(mine).nunique()))
    return _as_the_caller(pd.Series(counts, index=rows.index, dtype=float), rows, df)
