"""The share is a percentage.

Fails: TestMissingReport::test_share_is_a_fraction_and_not_a_percentage
"""

import pandas as pd


def missing_report(df: pd.DataFrame) -> pd.DataFrame:
    """Count the missing cells of every column, and their share of the rows."""
    if df.empty:
        raise ValueError("df: no cells to report on")
    missing = df.isna()
    return pd.DataFrame({"n_missing": missing.sum(), "share": 100 * missing.mean()})
