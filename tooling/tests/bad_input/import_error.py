"""A library is imported that is not there.

Outcome: error
Says: import_error.py cannot be imported: ModuleNotFoundError in line {here}
"""

import nunpy as np  # here


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    return x - x.mean()
