"""A chained in-place fill works on a temporary copy (pandas 3 warns).

Fails: TestApplyFill::test_the_filled_values_are_in_the_result (error)
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
    out = df.copy()
    for column, fill in fills.items():
        out[column].fillna(fill, inplace=True)
    return out.assign(**flags)
