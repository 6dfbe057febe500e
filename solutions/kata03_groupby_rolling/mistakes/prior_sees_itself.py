"""The window ends with the row itself.

Fails: TestPriorMean::test_the_rows_own_value_never_enters
Seen first: TestPriorMean::test_nothing_before_is_nan_and_not_zero
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _mean


def prior_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average the user's window before the row, wrongly."""
    return _mean(df, days, "both", user, ts, value)
