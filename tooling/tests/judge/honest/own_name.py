"""What it is called."""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    assert __name__ != "__main__"
    assert center.__module__ == __name__
    assert center.__qualname__ == "center"
    return x - x.mean()
