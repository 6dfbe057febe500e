"""The caller's array is changed.

Fails: TestCenter::test_what_was_passed_in_stays_as_it_was (error)
Seen first: TestCenter::test_the_mean_moves_to_zero
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Take the mean off the values, in place."""
    if x.size == 0:
        raise ValueError("x is empty")
    x -= x.mean()
    return x
