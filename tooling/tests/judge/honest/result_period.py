"""A month in a float's place.

Function: spread
Ends: failed
Says: spread returned a Period, Period('2024-03', 'M'); the stub promises a float.
"""

import numpy as np
import pandas as pd


def spread(x: np.ndarray) -> float:
    """Return the sample standard deviation."""
    return pd.Period("2024-03", "M")
