"""A handler for a signal."""

import signal

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    seen = []
    old = signal.signal(signal.SIGUSR1, lambda *args: seen.append(args))
    signal.raise_signal(signal.SIGUSR1)
    signal.signal(signal.SIGUSR1, old)
    assert seen
    return x - x.mean()
