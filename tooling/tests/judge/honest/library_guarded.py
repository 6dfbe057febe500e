"""Libraries that may be missing."""

import numpy as np

try:
    import matplotlib.pyplot as plt
except ImportError:
    plt = None
try:
    import torch
except ImportError:
    torch = None


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - x.mean()
