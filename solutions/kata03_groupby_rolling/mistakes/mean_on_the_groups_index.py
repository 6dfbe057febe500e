"""The result keeps the index that groupby and rolling made: (user, stamp).

Fails: TestTrailingMean::test_the_callers_index_comes_back
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _at_least_one, _by_user_and_time


def trailing_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average the user's window in days, wrongly."""
    _at_least_one(days=days)
    rows = _by_user_and_time(df, user, ts, value)
    window = rows.groupby("user").rolling(pd.Timedelta(days=days), on="ts")

    return window["value"].mean()
