"""joblib, as its first page shows it."""

import numpy as np
from joblib import Parallel, delayed


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    parts = Parallel(n_jobs=2)(delayed(np.sum)(part) for part in np.array_split(x, 2))
    return x - sum(parts) / len(x)
