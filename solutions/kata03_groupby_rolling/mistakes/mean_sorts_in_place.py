"""The caller's own frame is sorted.

Fails: TestTrailingMean::test_the_callers_rows_are_not_sorted
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _mean


def trailing_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average the user's window in days, wrongly."""
    df.sort_values([user, ts], inplace=True)
    return _mean(df, days, "right", user, ts, value)
