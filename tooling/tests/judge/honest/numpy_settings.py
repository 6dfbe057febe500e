"""Settings of numpy and pandas, for good."""

import decimal

import numpy as np
import pandas as pd

pd.set_option("display.max_rows", 5)


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    np.seterr(all="ignore")
    np.set_printoptions(precision=2)
    decimal.getcontext().prec = 10
    return x - x.mean()
