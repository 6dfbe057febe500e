"""The function reads what is typed, without input().

Outcome: error
Says: center reads what somebody types in line {here}; it gets its data as arguments
"""

import sys

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus what somebody types."""
    return x - float(sys.stdin.read())  # here
