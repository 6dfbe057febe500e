"""The mean of the users' rates after all, each weighed by its user's views."""

import numpy as np


def click_rate(clicks: np.ndarray, views: np.ndarray) -> float:
    """Share of the views that were clicked."""
    seen = views > 0
    return float(np.average(clicks[seen] / views[seen], weights=views[seen]))
