"""An instance of its own class, pickled and copied."""

import copy
import pickle
from dataclasses import dataclass

import numpy as np


@dataclass
class Centered:
    """Values and their mean."""

    values: np.ndarray

    def off(self) -> np.ndarray:
        """Return the values minus their mean."""
        return self.values - self.values.mean()


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return copy.deepcopy(pickle.loads(pickle.dumps(Centered(x)))).off()
