"""All rows with one stamp share the window of the last of them.

Fails: TestTrailingMean::test_of_equal_stamps_only_the_earlier_rows_are_in
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
    window = rows.groupby("user").rolling(pd.Timedelta(days=days), on="ts")

    rows["mean"] = window["value"].mean().to_numpy()
    rows["mean"] = rows.groupby(["user", "ts"])["mean"].transform(lambda tied: tied.iloc[-1])
    return _as_the_caller(rows["mean"], rows, df)
