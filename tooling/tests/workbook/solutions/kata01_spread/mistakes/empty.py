"""An empty array is divided by its length.

Fails: TestCenter::test_an_empty_sample_has_no_mean (error)
"""

import numpy as np


def center(x: np.ndarray) -> np.ndarray:
    """Return the values minus their mean."""
    return x - x.mean()
