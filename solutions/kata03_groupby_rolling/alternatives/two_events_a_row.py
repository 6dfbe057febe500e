"""trailing_distinct without a loop: one row enters and leaves once, and the counts are summed."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from solutions.kata03_groupby_rolling.groupby_rolling import _as_the_caller, _by_user_and_time


def trailing_distinct(df: pd.DataFrame, days: int, item: str) -> pd.Series:
    """Add one where a row enters; take one where its item comes again or the window has passed."""
    rows = _by_user_and_time(df, item)
    rows["place"] = np.arange(len(rows))
    window = rows.groupby("user_id").rolling(pd.Timedelta(days=days), on="ts")
    passed = np.searchsorted(window["place"].min(), rows["place"], side="right")
    replaced = rows.groupby(["user_id", item])["place"].shift(-1)
    known = rows[item].notna()
    leaves = np.fmin(passed, replaced)[known].astype(int)
    left = np.bincount(leaves, minlength=len(rows))[: len(rows)]
    return _as_the_caller((known - left).cumsum(), rows, df)
