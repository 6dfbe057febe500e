"""A row without a time is sorted last without a word.

Fails: TestTrailingMeanRows::test_a_missing_stamp_is_refused
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _as_the_caller, _at_least_one


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
    columns = {"user": df[user].array, "ts": df[ts].array, "value": df[value].array}
    rows = pd.DataFrame(columns).dropna(subset="user").sort_values(["user", "ts"])
    window = rows.groupby("user")["value"].rolling(n_rows, min_periods=min_rows)
    return _as_the_caller(window.mean(), rows, df)
