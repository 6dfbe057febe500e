"""The clock."""

import time
from datetime import UTC, datetime

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    start = time.perf_counter()
    time.sleep(0.001)
    assert time.perf_counter() > start
    assert time.time() > 1e9
    assert datetime.now(UTC).year > 2000
    assert datetime.now().astimezone().tzinfo is not None
    return x - x.mean()
