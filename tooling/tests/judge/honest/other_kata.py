"""The learner's own answer to another kata.

Ends: error
Says: kata02_runs is not handed in
"""

import numpy as np
from katas.kata02_runs.runs import longest_run


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    assert longest_run is not None
    return x - x.mean()
