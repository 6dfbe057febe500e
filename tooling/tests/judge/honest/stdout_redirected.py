"""What is printed goes elsewhere."""

import contextlib
import io

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    with contextlib.redirect_stdout(io.StringIO()) as text:
        print("hidden")
    assert text.getvalue() == "hidden\n"
    return x - x.mean()
