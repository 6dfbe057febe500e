"""Rows without a time are left out without a word.

Fails: TestTrailingMean::test_a_missing_stamp_is_refused
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _mean


def trailing_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average the user's window in days, wrongly."""
    whole = df.reset_index(drop=True)
    means = _mean(whole.dropna(subset=ts), days, "right", user, ts, value)
    return means.reindex(whole.index).set_axis(df.index)
