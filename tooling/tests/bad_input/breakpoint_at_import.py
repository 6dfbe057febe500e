"""A debugger is called when the file is imported.

Outcome: error
Says: nox -s check -- kata01 -- --pdb
"""

import numpy as np

breakpoint()


def center(x: np.ndarray) -> np.ndarray:
    """Take the mean off."""
    return x - x.mean()
