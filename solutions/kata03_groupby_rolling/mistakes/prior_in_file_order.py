"""What came before is read from the order of the file as well as from the clock.

Fails: TestPriorMean::test_before_is_told_by_the_clock_and_not_by_the_file
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _at_least_one


def prior_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average the user's window before the row, wrongly."""
    _at_least_one(days=days)
    if df[ts].isna().any():
        raise ValueError("ts must not hold a missing time stamp")
    stamps, users = df[ts].to_numpy(), df[user].to_numpy()
    values = df[value].to_numpy(float)
    result = np.full(len(df), np.nan)
    for i in np.flatnonzero(df[user].notna()):
        age = stamps[i] - stamps[:i]
        inside = (users[:i] == users[i]) & (age > np.timedelta64(0, "s"))
        inside &= age <= np.timedelta64(days, "D")
        seen = values[:i][inside]
        seen = seen[~np.isnan(seen)]
        result[i] = seen.mean() if len(seen) else np.nan
    return pd.Series(result, index=df.index)
