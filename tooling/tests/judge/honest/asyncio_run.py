"""A coroutine computes the mean."""

import asyncio

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")

    async def mean() -> float:
        await asyncio.sleep(0)
        return x.mean()

    return x - asyncio.run(mean())
