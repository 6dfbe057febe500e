"""The grouped answers are written back with .to_numpy(), in the order of the groups.

Fails: TestTrailingMean::test_interleaved_users_get_their_own_answers
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _at_least_one, _by_user_and_time


def trailing_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average the user's window in days, wrongly."""
    _at_least_one(days=days)
    rows = _by_user_and_time(df, user, ts, value)
    window = rows.groupby("user").rolling(pd.Timedelta(days=days), on="ts")

    result = np.full(len(df), np.nan)
    result[df[user].notna().to_numpy()] = window["value"].mean().to_numpy()
    return pd.Series(result, index=df.index)
