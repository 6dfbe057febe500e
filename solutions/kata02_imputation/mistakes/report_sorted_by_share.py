"""The worst column is listed first.

Fails: TestMissingReport::test_columns_keep_the_order_of_the_frame
"""

import pandas as pd


def missing_report(df: pd.DataFrame) -> pd.DataFrame:
    """Count the missing cells of every column, and their share of the rows."""
    if df.empty:
        raise ValueError("df: no cells to report on")
    missing = df.isna()
    report = pd.DataFrame({"n_missing": missing.sum(), "share": missing.mean()})
    return report.sort_values("share", ascending=False, kind="stable")
