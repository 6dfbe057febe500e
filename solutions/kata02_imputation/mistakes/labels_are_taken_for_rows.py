"""Values find their way back by label, as if labels were unique.

Fails: TestCarryForward::test_repeated_index_labels_do_no_harm
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
    out = df.copy()
    groups = out.sort_values(time, kind="stable").groupby(by)
    carried = groups[columns].ffill(limit=limit)
    for column in columns:
        out[column] = out[column].fillna(out.index.to_series().map(dict(carried[column].items())))
    return out
