"""Number columns without a fill get 0.

Fails: TestApplyFill::test_a_column_without_a_fill_keeps_its_gaps
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
    rest = dict.fromkeys(df.select_dtypes("number"), 0.0)
    return df.fillna(rest | fills).assign(**flags)
