"""An item leaves with its first row, though it came again.

Fails: TestTrailingDistinct::test_an_item_leaves_with_its_last_row_and_not_its_first
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
    counts, owner = np.zeros(len(rows)), None
    entered: dict[object, np.datetime64] = {}
    for i, name in enumerate(rows["user"]):
        if name != owner:
            owner, entered = name, {}
        begin = stamps[i] - np.timedelta64(days, "D")
        entered = {key: since for key, since in entered.items() if since > begin}
        if not pd.isna(items[i]):
            entered.setdefault(items[i], stamps[i])
        counts[i] = len(entered)
    return _as_the_caller(pd.Series(counts, index=rows.index), rows, df)
