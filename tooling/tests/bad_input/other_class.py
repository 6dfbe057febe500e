"""A tuple comes back where the stub's dataclass was promised.

Outcome: failed
Function: summarise
Says: summarise returned a tuple
Says: the stub promises a Summary.
"""

import numpy as np


def summarise(x: np.ndarray) -> tuple[float, float]:
    """Return mean and spread as a plain tuple."""
    return float(x.mean()), float(np.sqrt(np.cov(x)))
