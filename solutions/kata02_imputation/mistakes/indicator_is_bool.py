"""The indicator is bool.

Fails: TestApplyFill::test_indicators_are_int8
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
    flags = {f"{column}__missing": df[column].isna() for column in indicator_for}
    return df.fillna(fills).assign(**flags)
