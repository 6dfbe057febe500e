"""A helper of the learner's own is not written yet.

Outcome: error
Says: center raised NotImplementedError in line {here}: mean_of is not written yet.
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Take off what a helper gives."""
    return x - mean_of(x)


def mean_of(x: np.ndarray) -> float:
    """Return the mean."""
    raise NotImplementedError  # here
