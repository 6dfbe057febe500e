"""The function ends the process behind Python's back, as if all were well.

Outcome: crashed
Says: center ended Python itself (exit code 0), as os._exit() does
"""

import os

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Leave."""
    os._exit(0)
