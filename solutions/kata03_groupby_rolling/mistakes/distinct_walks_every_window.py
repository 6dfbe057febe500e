"""For each row its whole window is walked through.

Fails: TestTrailingDistinct::test_a_full_window_costs_no_more_than_its_rows
"""

from typing import TYPE_CHECKING

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

    stamps, users = rows["ts"].tolist(), rows["user"].tolist()
    items, known = rows["value"].tolist(), rows["value"].notna().tolist()
    counts = []
    for i, now in enumerate(stamps):
        seen, j = set(), i
        while j >= 0 and users[j] == users[i] and stamps[j] > now - pd.Timedelta(days=days):
            if known[j]:
                seen.add(items[j])
            j -= 1
        counts.append(float(len(seen)))
    return _as_the_caller(pd.Series(counts, index=rows.index, dtype=float), rows, df)
