"""The limit counts all filled cells of a user.

Fails: TestCarryForward::test_limit_starts_anew_after_every_value
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
        spent = groups[column].transform(lambda v: (v.isna() & v.ffill().notna()).cumsum())
        carried = groups[column].ffill()
        out[column] = (
            carried if limit is None else carried.where(out[column].notna() | (spent <= limit))
        )
    return out.set_axis(df.index)
