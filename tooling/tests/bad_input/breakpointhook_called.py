"""The hook behind breakpoint() is called.

Outcome: error
Says: nox -s check -- kata01 -- --pdb
"""

import sys

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Stop and look."""
    sys.breakpointhook()
    return x - x.mean()
