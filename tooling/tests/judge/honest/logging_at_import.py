"""A log with a handler of its own."""

import logging
import sys

import numpy as np

LOG = logging.getLogger("center")
LOG.addHandler(logging.StreamHandler(sys.stdout))


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    LOG.warning("centering")
    return x - x.mean()
