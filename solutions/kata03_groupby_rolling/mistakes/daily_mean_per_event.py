"""The sum is divided by the events of the window instead of its days.

Fails: TestDailyMean::test_a_day_counts_with_its_total
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _at_least_one, _by_user_and_time


def daily_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.DataFrame:
    """Average the user's daily totals, wrongly."""
    _at_least_one(days=days)
    rows = _by_user_and_time(df, user, ts, value)

    rows["day"] = rows["ts"].dt.normalize()
    totals = rows.groupby(["user", "day"])["value"].sum()
    first, last = rows.groupby("user")["day"].min(), rows.groupby("user")["day"].max()
    table = first.repeat((last - first).dt.days + 1).reset_index()
    table["day"] += pd.to_timedelta(table.groupby("user").cumcount(), unit="D")
    filled = totals.reindex(pd.MultiIndex.from_frame(table), fill_value=0.0)
    window = filled.groupby("user").rolling(days, min_periods=1)
    count = rows.groupby(["user", "day"])["value"].count()
    count = (
        count.reindex(filled.index, fill_value=0).groupby("user").rolling(days, min_periods=1).sum()
    )
    means = window.sum().to_numpy() / count.where(count > 0).to_numpy()
    return table.assign(mean=means).rename(columns={"user": user})
