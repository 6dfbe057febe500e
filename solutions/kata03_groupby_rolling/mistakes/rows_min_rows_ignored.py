"""min_rows is ignored: any value is enough.

Fails: TestTrailingMeanRows::test_exactly_min_rows_is_enough
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import (
        _as_the_caller,
        _at_least_one,
        _by_user_and_time,
    )


def trailing_mean_rows(
    df: pd.DataFrame,
    n_rows: int,
    min_rows: int,
    user: str = "user_id",
    ts: str = "ts",
    value: str = "v",
) -> pd.Series:
    """Average the user's window in rows, wrongly."""
    _at_least_one(n_rows=n_rows, min_rows=min_rows)
    if min_rows > n_rows:
        raise ValueError("min_rows must not be above n_rows")
    rows = _by_user_and_time(df, user, ts, value)

    window = rows.groupby("user")["value"].rolling(n_rows, min_periods=1)
    return _as_the_caller(window.mean(), rows, df)
