"""Rows with an item are counted, not items.

Fails: TestTrailingDistinct::test_an_item_counts_once_however_often_it_comes
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

    rows["flag"] = rows["value"].notna().astype(float)
    window = rows.groupby("user").rolling(pd.Timedelta(days=days), on="ts")

    return _as_the_caller(window["flag"].sum(), rows, df)
