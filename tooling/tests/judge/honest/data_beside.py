"""A file of data beside the stub.

Beside: kata
Ends: error
Says: data.csv
"""

from pathlib import Path

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - float((Path(__file__).parent / "data.csv").read_text())
