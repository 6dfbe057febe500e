"""The function forks, both processes answer, and the answer is wrong.

Outcome: failed
Says: came back
"""

import os

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values as they are, twice."""
    os.fork()
    return x
