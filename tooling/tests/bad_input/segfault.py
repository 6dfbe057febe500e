"""The function reads where it may not.

Outcome: crashed
Says: center crashed Python with SIGSEGV (a segmentation fault), in line {here} of segfault.py.
"""

import ctypes

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Read address 0."""
    ctypes.string_at(0)  # here
    return x - x.mean()
