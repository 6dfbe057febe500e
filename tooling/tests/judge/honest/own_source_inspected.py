"""Its own source, through inspect."""

import inspect
import sys

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    assert inspect.getsource(center).startswith("def center")
    assert "import inspect" in inspect.getsource(sys.modules[__name__])
    return x - x.mean()
