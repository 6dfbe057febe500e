"""Missing is what differs from itself; None does not.

Fails: TestMissingReport::test_none_nat_and_pd_na_are_missing_like_nan
"""

import pandas as pd


def missing_report(df: pd.DataFrame) -> pd.DataFrame:
    """Count the missing cells of every column, and their share of the rows."""
    if df.empty:
        raise ValueError("df: no cells to report on")
    missing = (df != df).fillna(False).astype(bool)
    return pd.DataFrame({"n_missing": missing.sum(), "share": missing.mean()})
