"""A row without history gets zero.

Fails: TestPriorMean::test_nothing_before_is_nan_and_not_zero
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _mean


def prior_mean(
    df: pd.DataFrame, days: int, user: str = "user_id", ts: str = "ts", value: str = "v"
) -> pd.Series:
    """Average the user's window before the row, wrongly."""
    means = _mean(df, days, "left", user, ts, value)
    return means.mask((means.isna() & df[user].notna()).to_numpy(), 0.0)
