"""The function aborts the process.

Outcome: crashed
Says: center crashed Python with SIGABRT, in line {here} of abort.py.
"""

import os

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Give up."""
    os.abort()  # here
