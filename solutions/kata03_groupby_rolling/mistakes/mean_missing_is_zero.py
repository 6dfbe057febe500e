"""Missing values are filled with zero first.

Fails: TestTrailingMean::test_missing_values_are_skipped_and_not_zero
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

    rows["value"] = rows["value"].fillna(0.0)
    window = rows.groupby("user").rolling(pd.Timedelta(days=days), on="ts")
    return _as_the_caller(window["value"].mean(), rows, df)
