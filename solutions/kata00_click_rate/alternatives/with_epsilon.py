"""By pandas, with a small number added to the divisor out of habit."""

import numpy as np
import pandas as pd


def click_rate(clicks: np.ndarray, views: np.ndarray) -> float:
    """Share of the views that were clicked."""
    total = pd.DataFrame({"clicks": clicks, "views": views}).sum()
    return float(total["clicks"] / (total["views"] + 1e-9))
