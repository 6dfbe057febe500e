"""Gives stdout another encoding, as is advised for Windows: what it wraps is closed in the end."""

import gc
import io
import sys

import numpy as np

sys.stdout = io.TextIOWrapper(sys.stdout.detach(), encoding="utf-8")


def center(x: np.ndarray) -> np.ndarray:
    """Take the mean off."""
    if not x.size:
        raise ValueError("x is empty")
    before, sys.stdout = sys.stdout, io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8")
    sys.stdout = before
    gc.collect()
    return x - x.mean()
