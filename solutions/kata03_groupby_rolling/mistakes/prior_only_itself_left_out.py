"""Only the row itself is left out: its ties are in.

Fails: TestPriorMean::test_rows_of_the_same_moment_never_enter
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import (
        _as_the_caller,
        _at_least_one,
        _by_user_and_time,
    )


def prior_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average the user's window before the row, wrongly."""
    _at_least_one(days=days)
    rows = _by_user_and_time(df, user, ts, value)

    window = rows.groupby("user").rolling(pd.Timedelta(days=days), on="ts", closed="both")["value"]
    total, count = window.sum().to_numpy(), window.count().to_numpy()
    others = count - rows["value"].notna()
    means = (total - rows["value"].fillna(0.0)) / others.where(others > 0)
    return _as_the_caller(means, rows, df)
