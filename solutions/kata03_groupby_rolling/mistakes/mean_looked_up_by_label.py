"""The answers are looked up by index label, and labels repeat.

Fails: TestTrailingMean::test_labels_that_repeat_stay_apart
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import (
        _as_the_caller,
        _at_least_one,
        _by_user_and_time,
    )


def trailing_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average the user's window in days, wrongly."""
    _at_least_one(days=days)
    rows = _by_user_and_time(df, user, ts, value)
    window = rows.groupby("user").rolling(pd.Timedelta(days=days), on="ts")

    back = _as_the_caller(window["value"].mean(), rows, df)
    by_label = dict(zip(df.index, back, strict=True))
    return pd.Series([by_label[label] for label in df.index], index=df.index, dtype=float)
