"""A connection over the network.

Ends: error
Says: has no network
"""

import socket

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    socket.create_connection(("127.0.0.1", 9))
    return x - x.mean()
