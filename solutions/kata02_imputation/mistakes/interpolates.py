"""Numbers are interpolated between known values.

Fails: TestCarryForward::test_a_gap_takes_the_value_before_it_and_no_mixture
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
        between = groups[column].ffill(limit=limit)
        if pd.api.types.is_numeric_dtype(out[column]) and limit is None:
            between = (between + groups[column].bfill().fillna(between)) / 2
        out[column] = out[column].fillna(between)
    return out.set_axis(df.index)
