"""A module beside the stub, after its folder was put on the path.

Beside: kata
Ends: error
Says: helper.py is not handed in
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
from helper import average


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - average(x)
