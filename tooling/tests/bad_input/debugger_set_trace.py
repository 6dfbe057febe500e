"""The debugger is called by its own name.

Outcome: error
Says: nox -s check -- kata01 -- --pdb
"""

import pdb

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Stop and look."""
    pdb.set_trace()
    return x - x.mean()
