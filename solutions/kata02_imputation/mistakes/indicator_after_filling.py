"""The indicator looks for gaps after they were filled.

Fails: TestApplyFill::test_the_indicator_remembers_the_gaps_from_before_filling
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
    out = df.fillna(fills)
    flags = {f"{column}__missing": out[column].isna().astype("int8") for column in indicator_for}
    return out.assign(**flags)
