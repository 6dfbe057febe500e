"""The function asks the person at the keyboard.

Outcome: error
Says: center raised OSError in line {here}: input() was called
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus what somebody types."""
    return x - float(input("mean? "))  # here
