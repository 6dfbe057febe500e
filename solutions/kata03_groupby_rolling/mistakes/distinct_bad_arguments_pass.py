"""A window of no days is made one of a single day.

Fails: TestTrailingDistinct::test_bad_days_and_missing_stamps_are_refused
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _as_the_caller, _by_user_and_time


def trailing_distinct(
    df: pd.DataFrame, days: int, item: str, user: str = "user_id", ts: str = "ts"
) -> pd.Series:
    """Count the items of the user's window, wrongly."""
    days = max(days, 1)
    rows = _by_user_and_time(df, user, ts, item)

    rows["place"] = np.arange(len(rows))
    window = rows.groupby("user").rolling(pd.Timedelta(days=days), on="ts")
    passed = np.searchsorted(window["place"].min(), rows["place"], side="right")
    replaced = rows.groupby(["user", "value"])["place"].shift(-1)
    known = rows["value"].notna()
    leaves = np.fmin(passed, replaced)[known].astype(int)
    left = np.bincount(leaves, minlength=len(rows))[: len(rows)]
    return _as_the_caller((known - left).cumsum(), rows, df)
