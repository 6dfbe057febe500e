"""One fill runs down the whole column.

Fails: TestCarryForward::test_a_value_never_crosses_to_another_user
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
    out[columns] = out.sort_values(time, kind="stable")[columns].ffill(limit=limit)
    return out.set_axis(df.index)
