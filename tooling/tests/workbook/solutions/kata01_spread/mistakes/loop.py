"""A Python loop does what numpy does at once.

Fails: TestCenter::test_four_times_the_data_takes_no_more_steps
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean, one by one."""
    if x.size == 0:
        raise ValueError("x is empty")
    mean = x.mean()
    return np.array([value - mean for value in x])
