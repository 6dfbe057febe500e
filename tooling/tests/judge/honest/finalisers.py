"""Objects that say farewell."""

import weakref

import numpy as np


class Thing:
    """Says farewell."""

    def __del__(self) -> None:
        """Say it."""
        print("farewell")


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    thing = Thing()
    weakref.finalize(thing, print, "finalised")
    assert weakref.ref(thing)() is thing
    del thing
    return x - x.mean()
