"""A gap longer than the limit is not filled at all.

Fails: TestCarryForward::test_a_gap_longer_than_limit_is_filled_at_its_start
Seen first: TestCarryForward::test_limit_stops_the_carrying
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
    out = df.reset_index(drop=True)  # row numbers bring every value back to its row
    groups = out.sort_values(time, kind="stable").groupby(by)
    for column in columns:
        known = groups[column].transform(lambda v: v.notna().cumsum())
        gap = out[column].isna().groupby([out[by], known]).transform("sum")
        keep = groups[column].ffill()
        out[column] = keep if limit is None else keep.where(out[column].notna() | (gap <= limit))
    return out.set_axis(df.index)
