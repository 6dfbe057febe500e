"""A debugger is made by hand, as others that build on pdb are.

Outcome: error
Says: nox -s check -- kata01 -- --pdb
"""

import pdb
import sys

import numpy as np


class Debugger(pdb.Pdb):
    """One with other colours."""


def center(x: np.ndarray) -> np.ndarray:
    """Stop and look."""
    Debugger().set_trace(sys._getframe())
    return x - x.mean()
