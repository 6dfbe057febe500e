"""The trailing mean is shifted by a row after the groupby, across users.

Fails: TestPriorMean::test_no_users_last_row_reaches_the_next_user
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import (
        _as_the_caller,
        _at_least_one,
        _by_user_and_time,
    )


def prior_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average the user's window before the row, wrongly."""
    _at_least_one(days=days)
    rows = _by_user_and_time(df, user, ts, value)
    window = rows.groupby("user").rolling(pd.Timedelta(days=days), on="ts")

    return _as_the_caller(window["value"].mean().shift(1), rows, df)
