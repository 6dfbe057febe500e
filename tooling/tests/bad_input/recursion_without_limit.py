"""The recursion has no base case, and Python's limit was lifted.

Outcome: crashed
Says: center crashed Python with SIGSEGV (a segmentation fault), in line {here}

Python bounds calls through C by itself, whatever limit was set:

Outcome from 3.12: error
Says from 3.12: center went on calling itself until Python's limit in line {here}.
"""

import sys

import numpy as np

sys.setrecursionlimit(10**9)


def center(x: np.ndarray) -> np.ndarray:  # here
    """Center the centered values, through C, where each call takes a piece of the stack."""
    return next(map(center, [x]))  # here
