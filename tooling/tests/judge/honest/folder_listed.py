"""What lies in the folder."""

import os
from pathlib import Path

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    assert "pyproject.toml" not in os.listdir()
    assert [path.name for path in Path(__file__).parent.glob("*.py")] == [Path(__file__).name]
    return x - x.mean()
