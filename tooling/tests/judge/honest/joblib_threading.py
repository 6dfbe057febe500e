"""joblib, with threads."""

import numpy as np
from joblib import Parallel, delayed


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    if not len(x):
        raise ValueError("x is empty")
    parts = Parallel(n_jobs=2, backend="threading")(
        delayed(np.sum)(p) for p in np.array_split(x, 2)
    )
    return x - sum(parts) / len(x)
