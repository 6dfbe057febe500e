"""An exception with a note.

Ends: error
Says: x is bad
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    error = ValueError("x is bad")
    error.add_note("a note")
    raise error
