"""A window of no days gives NaN instead of an error.

Fails: TestPriorMean::test_bad_days_and_missing_stamps_are_refused
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _mean


def prior_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average the user's window before the row, wrongly."""
    if days < 1:
        return pd.Series(float("nan"), index=df.index)
    return _mean(df, days, "left", user, ts, value)
