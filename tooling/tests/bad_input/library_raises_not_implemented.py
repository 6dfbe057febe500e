"""A library has not implemented what it is asked for: the function was written all the same.

Outcome: error
Says: center raised NotImplementedError in line {here}
"""

from concurrent.futures import Executor

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Ask the base of all executors, which only its subclasses implement."""
    return x - Executor().submit(np.mean, x).result()  # here
