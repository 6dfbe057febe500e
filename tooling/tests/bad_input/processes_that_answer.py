"""The function forks, for both processes to answer: none is started.

Outcome: error
Says: center raised PermissionError in line {here}: your code starts no other process here
"""

import os

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values as they are, twice."""
    os.fork()  # here
    return x
