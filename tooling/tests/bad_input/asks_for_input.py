"""The function asks the person at the keyboard.

Outcome: error
Says: center reads what somebody types in line {here}; it gets its data as arguments
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus what somebody types."""
    return x - float(input("mean? "))  # here
