"""'' and 'nan' are counted as missing.

Fails: TestMissingReport::test_empty_text_and_the_word_nan_are_values
"""

import pandas as pd


def missing_report(df: pd.DataFrame) -> pd.DataFrame:
    """Count the missing cells of every column, and their share of the rows."""
    if df.empty:
        raise ValueError("df: no cells to report on")
    missing = df.isna() | df.isin(["", "nan", "NA"])
    return pd.DataFrame({"n_missing": missing.sum(), "share": missing.mean()})
