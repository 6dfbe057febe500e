"""A debugger is called where nobody can answer it.

Outcome: error
Says: Nobody can answer a debugger here.
Says: nox -s check -- kata01 -- --pdb
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Stop and look."""
    breakpoint()  # here
    return x - x.mean()
