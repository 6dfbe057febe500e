"""np.where chooses a branch after both were computed, overflow included.

Fails: TestForward::test_sigmoid_of_a_large_z_is_one_without_overflow (error)
"""

import numpy as np


def _sigmoid(z: np.ndarray) -> np.ndarray:
    """Choose the branch too late."""
    p: np.ndarray = np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))
    return p
