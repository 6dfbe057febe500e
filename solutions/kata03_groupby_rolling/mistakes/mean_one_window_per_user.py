"""One rolling window is built for each user, in a Python loop.

Fails: TestTrailingMean::test_more_users_cost_no_more_steps
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

    rows["mean"] = float("nan")
    for _, mine in rows.groupby("user"):
        window = mine.rolling(pd.Timedelta(days=days), on="ts")
        rows.loc[mine.index, "mean"] = window["value"].mean()
    return _as_the_caller(rows["mean"], rows, df)
