"""Infinite numbers are counted as missing.

Fails: TestMissingReport::test_zero_and_infinity_are_values
"""

import numpy as np
import pandas as pd


def missing_report(df: pd.DataFrame) -> pd.DataFrame:
    """Count the missing cells of every column, and their share of the rows."""
    if df.empty:
        raise ValueError("df: no cells to report on")
    missing = df.isna() | df.isin([np.inf, -np.inf])
    return pd.DataFrame({"n_missing": missing.sum(), "share": missing.mean()})
