"""A string holds an escape that Python warns of."""

import numpy as np

PATTERN = "\d"  # noqa: W605 - this is the case


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x")
    return x - x.mean()
