"""Stamps as integers are taken for microseconds, which is only the default.

Fails: TestTrailingMean::test_every_unit_of_time_gives_the_same
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import (
        _as_the_caller,
        _at_least_one,
        _by_user_and_time,
    )


def trailing_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average the user's window in days, wrongly."""
    _at_least_one(days=days)
    rows = _by_user_and_time(df, user, ts, value)

    clock = pd.to_datetime(rows["ts"].astype("int64"), unit="us")
    window = rows.assign(ts=clock).groupby("user").rolling(pd.Timedelta(days=days), on="ts")
    return _as_the_caller(window["value"].mean(), rows, df)
