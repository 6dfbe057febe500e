"""The name of the machine."""

import platform
import socket

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    assert isinstance(socket.gethostname(), str)
    assert isinstance(platform.platform(), str)
    return x - x.mean()
