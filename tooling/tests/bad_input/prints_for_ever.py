"""The printing has no end.

Outcome: error
Says: Take the print out of the loop.
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Say a lot, in large pieces."""
    while True:
        print("x" * 2**20)
