"""Leading gaps are filled backward.

Fails: TestCarryForward::test_a_gap_before_the_first_value_stays_missing
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
    out[columns] = groups[columns].ffill(limit=limit)
    later = out.sort_values(time, kind="stable").groupby(by)[columns].bfill()
    out[columns] = out[columns].fillna(later)
    return out.set_axis(df.index)
