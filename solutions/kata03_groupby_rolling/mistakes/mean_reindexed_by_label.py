"""The answers are reindexed to the index of the caller, and labels repeat.

Fails: TestTrailingMean::test_labels_that_repeat_stay_apart (error)
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _at_least_one


def trailing_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average the user's window in days, wrongly."""
    _at_least_one(days=days)
    if df[ts].isna().any():
        raise ValueError("ts must not hold a missing time stamp")
    ordered = df.dropna(subset=user).sort_values([user, ts])
    window = ordered.groupby(user).rolling(pd.Timedelta(days=days), on=ts)
    means = pd.Series(window[value].mean().to_numpy(float), index=ordered.index)
    return means.reindex(df.index)
