"""A file in the home folder."""

from pathlib import Path

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    path = Path.home() / ".center"
    path.write_text("1")
    assert path.read_text() == "1"
    path.unlink()
    return x - x.mean()
