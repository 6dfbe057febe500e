"""The window holds the items of all users.

Fails: TestTrailingDistinct::test_two_users_can_have_the_same_item
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import (
        _as_the_caller,
        _at_least_one,
        _by_user_and_time,
    )


def trailing_distinct(
    df: pd.DataFrame, days: int, item: str, user: str = "user_id", ts: str = "ts"
) -> pd.Series:
    """Count the items of the user's window, wrongly."""
    _at_least_one(days=days)
    rows = _by_user_and_time(df, user, ts, item)

    stamps, items = rows["ts"].to_numpy(), rows["value"].to_numpy()
    counts = []
    for now, place in zip(stamps, rows.index, strict=True):
        earlier = (stamps < now) | ((stamps == now) & (rows.index <= place))
        inside = earlier & (stamps > now - np.timedelta64(days, "D"))
        counts.append(float(pd.Series(items[inside]).nunique()))
    return _as_the_caller(pd.Series(counts, index=rows.index, dtype=float), rows, df)
