"""The names of the columns are typed into the body.

Fails: TestTrailingMean::test_the_columns_are_the_ones_named
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _at_least_one, _mean


def trailing_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average the user's window in days, wrongly."""
    _at_least_one(days=days)
    if df[ts].isna().any():
        raise ValueError("ts must not hold a missing time stamp")
    return _mean(df, days, "right", "user_id", "ts", "v")
