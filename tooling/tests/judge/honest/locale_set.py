"""Another language."""

import locale

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    locale.setlocale(locale.LC_ALL, "C")
    assert f"{1234.5:n}" == "1234.5"
    return x - x.mean()
