"""A frame without rows is refused.

Fails: TestDailyMean::test_no_events_give_an_empty_table (error)
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _at_least_one, _by_user_and_time


def daily_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.DataFrame:
    """Average the user's daily totals, wrongly."""
    if df.empty:
        raise ValueError("df must not be empty")

    _at_least_one(days=days)
    rows = _by_user_and_time(df, user, ts, value)

    rows["day"] = rows["ts"].dt.normalize()
    totals = rows.groupby(["user", "day"])["value"].sum()
    first, last = rows.groupby("user")["day"].min(), rows.groupby("user")["day"].max()
    table = first.repeat((last - first).dt.days + 1).reset_index()
    table["day"] += pd.to_timedelta(table.groupby("user").cumcount(), unit="D")
    filled = totals.reindex(pd.MultiIndex.from_frame(table), fill_value=0.0)
    window = filled.groupby("user").rolling(days, min_periods=1)
    means = window.mean().to_numpy()
    return table.assign(mean=means).rename(columns={"user": user})
