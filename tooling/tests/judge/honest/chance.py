"""Random numbers from everywhere."""

import random
import secrets
import uuid

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    random.seed(1)
    np.random.seed(1)
    noise = (
        random.random()
        + np.random.rand()
        + secrets.randbelow(10)
        + uuid.uuid4().int
        + uuid.uuid1().int
    )
    return x - x.mean() + 0 * float(noise)
