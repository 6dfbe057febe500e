"""A frame without rows is refused.

Fails: TestTrailingMean::test_no_events_give_an_empty_result (error)
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _mean


def trailing_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average the user's window in days, wrongly."""
    if df.empty:
        raise ValueError("df must not be empty")
    return _mean(df, days, "right", user, ts, value)
