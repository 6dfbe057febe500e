"""The working folder is another one, and the answer is wrong.

Outcome: failed
Says: came back
"""

import os

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Go away."""
    os.chdir("/")
    return x
