"""Its own source, from the disk."""

from pathlib import Path

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    assert "def center" in Path(__file__).read_text()
    with open(__file__) as file:
        assert "Its own source" in file.readline()
    return x - x.mean()
