"""The folder that it runs in."""

import os
from pathlib import Path

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    assert Path.cwd() == Path(os.getcwd())
    assert Path.cwd().is_dir()
    return x - x.mean()
