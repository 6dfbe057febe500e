"""The ratio of two means over users: the number of users cancels."""

import numpy as np


def click_rate(clicks: np.ndarray, views: np.ndarray) -> float:
    """Share of the views that were clicked."""
    return float(np.mean(clicks) / np.mean(views))
