"""The loop has no end, and Python's interpreter never sees it turn.

Outcome: timeout
Says: center was still running after 1 s, in line {here} of loop_in_c.py.
"""

import itertools

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Add up all natural numbers first."""
    return x - sum(itertools.count())  # here
