"""Only the columns with gaps are listed.

Fails: TestMissingReport::test_a_column_without_gaps_is_listed_too
"""

import pandas as pd


def missing_report(df: pd.DataFrame) -> pd.DataFrame:
    """Count the missing cells of every column, and their share of the rows."""
    if df.empty:
        raise ValueError("df: no cells to report on")
    missing = df.isna()
    report = pd.DataFrame({"n_missing": missing.sum(), "share": missing.mean()})
    return report[report["n_missing"] > 0]
