"""A sparse matrix.

Ends: failed
Says: center returned a csr_array
"""

import numpy as np
import scipy.sparse


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    return scipy.sparse.csr_array(x)
