"""Click rate: one function, one trap, five minutes."""

import numpy as np


def click_rate(clicks: np.ndarray, views: np.ndarray) -> float:
    """Click rate of the whole campaign: clicks per view, a fraction from 0 to 1, not rounded.

    `clicks` and `views` hold one whole number per user, in the same order, shape (n_users,).
    Nobody has more clicks than views, and some users have no views.

    >>> print(click_rate(np.array([1, 0, 2]), np.array([10, 10, 10])))
    0.1
    """
    return float(clicks.sum() / views.sum())
