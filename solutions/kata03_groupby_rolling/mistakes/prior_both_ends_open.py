"""The window is open on both ends: the row exactly `days` back is out.

Fails: TestPriorMean::test_a_row_exactly_days_back_is_in
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _mean


def prior_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average the user's window before the row, wrongly."""
    return _mean(df, days, "neither", user, ts, value)
