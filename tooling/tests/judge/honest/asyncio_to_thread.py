"""A coroutine has a thread compute the mean."""

import asyncio

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return x - asyncio.run(asyncio.to_thread(np.mean, x))
