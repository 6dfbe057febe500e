"""Pieces of memory are collected until there is none left.

Outcome: memory
Says: center asked for too much memory in line {here}.
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Allocate a quarter of a GB again and again; untouched pages cost no machine anything."""
    pieces = []
    while True:
        pieces.append(np.empty(2**25))  # here
