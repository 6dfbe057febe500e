"""The last row that is complete in all columns is carried.

Fails: TestCarryForward::test_each_column_carries_its_own_last_value
"""

from collections.abc import Sequence

import numpy as np
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
    whole = out.sort_values(time, kind="stable")
    whole.loc[whole[columns].isna().any(axis=1), columns] = np.nan
    out[columns] = out[columns].fillna(whole.groupby(by)[columns].ffill(limit=limit))
    return out.set_axis(df.index)
