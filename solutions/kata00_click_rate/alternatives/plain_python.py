"""Plain Python: two running totals, no numpy, and a guard that is never needed."""

import numpy as np


def click_rate(clicks: np.ndarray, views: np.ndarray) -> float:
    """Share of the views that were clicked."""
    all_clicks, all_views = 0, 0
    for clicked, viewed in zip(clicks, views, strict=True):
        all_clicks += clicked
        all_views += viewed
    if all_views == 0:
        return 0.0
    return all_clicks / all_views
