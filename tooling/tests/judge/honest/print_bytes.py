"""Bytes on standard output."""

import sys

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    sys.stdout.buffer.write(b"bytes\n")
    sys.stdout.buffer.flush()
    return x - x.mean()
