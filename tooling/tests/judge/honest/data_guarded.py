"""A cache that may not be there yet."""

import json

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    try:
        with open("cache.json") as file:
            cache = json.load(file)
    except FileNotFoundError:
        cache = {}
    cache["n"] = len(x)
    with open("cache.json", "w") as file:
        json.dump(cache, file)
    return x - x.mean()
