"""A column without a gap in this batch gets no indicator.

Fails: TestApplyFill::test_the_indicator_is_there_even_when_this_batch_has_no_gap
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
    flags = {
        f"{column}__missing": df[column].isna().astype("int8")
        for column in indicator_for
        if df[column].isna().any()
    }
    return df.fillna(fills).assign(**flags)
