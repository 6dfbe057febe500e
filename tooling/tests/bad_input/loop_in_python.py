"""The loop has no end.

Outcome: timeout
Says: center was still running after 1 s, in line {here} of loop_in_python.py.
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Wait for better days."""
    while True:  # here
        pass  # here
