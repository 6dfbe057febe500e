"""A window of no days gives NaN instead of an error.

Fails: TestTrailingMean::test_days_below_one_are_refused
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _mean


def trailing_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average the user's window in days, wrongly."""
    if days < 1 and not df[ts].isna().any():
        return pd.Series(float("nan"), index=df.index)
    return _mean(df, days, "right", user, ts, value)
