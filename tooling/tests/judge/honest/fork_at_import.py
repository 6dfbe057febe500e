"""A command of the system, while the file is imported.

Ends: error
Says: starts no other process
"""

import subprocess

import numpy as np

VERSION = subprocess.run(["true"], check=True)


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - x.mean()
