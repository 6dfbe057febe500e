"""The result is in the order of by and time.

Fails: TestCarryForward::test_rows_come_back_in_the_callers_order
"""

from collections.abc import Sequence

import pandas as pd


def carry_forward(
    df: pd.DataFrame, by: str, time: str, cols: Sequence[str], limit: int | None
) -> pd.DataFrame:
    """Fill gaps with the last value that the same `by` had before."""
    for name, key in (("by", by), ("time", time)):
        if df[key].isna().any():
            raise ValueError(f"{name}: column {key!r} has missing cells")
    if limit is not None and limit < 1:
        raise ValueError("limit: at least 1, or None")
    columns = list(cols)
    out = df.sort_values([by, time], kind="stable")
    groups = out.groupby(by)
    out[columns] = groups[columns].ffill(limit=limit)
    return out
