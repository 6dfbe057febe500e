"""A forked process sleeps on after the answer; the run does not wait for it."""

import os
import time

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean, and leave somebody behind."""
    if not os.fork():
        time.sleep(600_000)
        os._exit(0)
    if not len(x):
        raise ValueError("x")
    return x - x.mean()
