"""A frame without rows gets a report of NaN.

Fails: TestMissingReport::test_one_row_is_enough_and_no_cells_are_refused
"""

import pandas as pd


def missing_report(df: pd.DataFrame) -> pd.DataFrame:
    """Count the missing cells of every column, and their share of the rows."""
    missing = df.isna()
    return pd.DataFrame({"n_missing": missing.sum(), "share": missing.mean()})
