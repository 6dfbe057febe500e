"""0 and '' are taken for gaps.

Fails: TestApplyFill::test_zero_and_empty_text_are_not_gaps
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
    gaps = df.isna() | df.isin([0, ""])
    flags = {f"{column}__missing": gaps[column].astype("int8") for column in indicator_for}
    out = df.copy()
    for column, fill in fills.items():
        out[column] = out[column].mask(gaps[column], fill)
    return out.assign(**flags)
