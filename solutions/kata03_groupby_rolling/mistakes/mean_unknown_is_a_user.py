"""All rows without a user share one history.

Fails: TestTrailingMean::test_rows_without_a_user_are_not_one_more_user
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _mean


def trailing_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average the user's window in days, wrongly."""
    codes = pd.factorize(df[user], use_na_sentinel=False)[0]
    return _mean(df.assign(**{user: codes}), days, "right", user, ts, value)
