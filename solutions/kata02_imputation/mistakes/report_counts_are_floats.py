"""Counts and shares go through one float table.

Fails: TestMissingReport::test_counts_are_int64_and_shares_float64
"""

import pandas as pd


def missing_report(df: pd.DataFrame) -> pd.DataFrame:
    """Count the missing cells of every column, and their share of the rows."""
    if df.empty:
        raise ValueError("df: no cells to report on")
    missing = df.isna()
    return missing.agg(["sum", "mean"]).T.set_axis(["n_missing", "share"], axis="columns")
