"""A table of all pairs of rows is laid out.

Fails: TestTrailingDistinct::test_a_full_window_costs_no_more_than_its_rows
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

    place = np.arange(len(rows))
    users, stamps = pd.factorize(rows["user"])[0], rows["ts"].to_numpy()
    inside = (users[:, None] == users) & (place <= place[:, None])
    inside &= stamps > (stamps - np.timedelta64(days, "D"))[:, None]
    known = rows["value"].notna().to_numpy()
    again = rows.assign(place=place).groupby(["user", "value"])["place"].shift(-1).fillna(len(rows))
    newest = known & (again.to_numpy() > place[:, None])
    counts = (inside & newest).sum(axis=1)
    return _as_the_caller(pd.Series(counts, index=rows.index), rows, df)
