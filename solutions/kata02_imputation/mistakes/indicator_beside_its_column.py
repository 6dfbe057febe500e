"""Each indicator is put beside its column.

Fails: TestApplyFill::test_indicators_follow_after_the_columns_in_the_order_asked_for
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from solutions.kata02_imputation.imputation import _check_columns


def apply_fill(
    df: pd.DataFrame, fills: dict[str, object], indicator_for: Sequence[str]
) -> pd.DataFrame:
    """Fill the gaps with what was learned, and flag where they were."""
    _check_columns(df, fills, "fills")
    _check_columns(df, indicator_for, "indicator_for")
    flags = {f"{column}__missing": df[column].isna().astype("int8") for column in indicator_for}
    out = df.fillna(fills)
    for column in indicator_for:
        name = f"{column}__missing"
        out.insert(out.columns.get_loc(column) + 1, name, flags[name])
    return out
