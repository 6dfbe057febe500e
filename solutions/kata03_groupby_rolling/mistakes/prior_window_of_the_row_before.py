"""The answer of the user's row before, whose window ended there.

Fails: TestPriorMean::test_the_window_is_counted_back_from_this_row
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
    window = rows.groupby("user").rolling(pd.Timedelta(days=days), on="ts")

    means = pd.Series(window["value"].mean().to_numpy(), index=rows.index)
    first_of_tie = means.groupby(rows["user"]).shift(1).groupby([rows["user"], rows["ts"]])
    return _as_the_caller(first_of_tie.transform(lambda tied: tied.iloc[0]), rows, df)
