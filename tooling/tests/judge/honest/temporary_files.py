"""Files and folders for a moment."""

import tempfile
from pathlib import Path

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.npy"
        np.save(path, x)
        y = np.load(path)
    with tempfile.NamedTemporaryFile() as file:
        file.write(y.tobytes())
        file.seek(0)
        y = np.frombuffer(file.read())
    return y - y.mean()
