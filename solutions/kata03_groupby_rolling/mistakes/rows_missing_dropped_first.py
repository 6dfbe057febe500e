"""Missing values are dropped first: the window is the last n values.

Fails: TestTrailingMeanRows::test_a_missing_value_still_takes_its_row
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

    valued = rows.dropna(subset="value")
    window = valued.groupby("user")["value"].rolling(n_rows, min_periods=min_rows)
    rows["mean"] = pd.Series(window.mean().to_numpy(), index=valued.index)
    rows["mean"] = rows.groupby("user")["mean"].ffill()
    return _as_the_caller(rows["mean"], rows, df)
