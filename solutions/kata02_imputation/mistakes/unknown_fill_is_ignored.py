"""A fill for a column that is not there is ignored.

Fails: TestApplyFill::test_a_fill_for_a_column_that_is_not_there_is_refused
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
    _check_columns(df, indicator_for, "indicator_for")
    flags = {f"{column}__missing": df[column].isna().astype("int8") for column in indicator_for}
    return df.fillna(fills).assign(**flags)
