"""min_rows above n_rows gives NaN instead of an error.

Fails: TestTrailingMeanRows::test_counts_that_make_no_sense_are_refused
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _as_the_caller, _by_user_and_time


def trailing_mean_rows(
    df: pd.DataFrame,
    n_rows: int,
    min_rows: int,
    user: str = "user_id",
    ts: str = "ts",
    value: str = "v",
) -> pd.Series:
    """Average the user's window in rows, wrongly."""
    rows = _by_user_and_time(df, user, ts, value)
    if n_rows < 1 or min_rows < 1 or min_rows > n_rows:
        return pd.Series(float("nan"), index=df.index)
    window = rows.groupby("user")["value"].rolling(n_rows, min_periods=min_rows)
    return _as_the_caller(window.mean(), rows, df)
