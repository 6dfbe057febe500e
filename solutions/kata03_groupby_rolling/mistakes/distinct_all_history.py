"""Distinct items are counted since the beginning: none ever leaves.

Fails: TestTrailingDistinct::test_items_older_than_the_window_are_gone
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

    new = rows["value"].notna() & ~rows.duplicated(["user", "value"])
    return _as_the_caller(new.groupby(rows["user"]).cumsum(), rows, df)
