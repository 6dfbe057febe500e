"""The sigmoid forms e^-z, which overflows for a very negative z.

Fails: TestForward::test_sigmoid_of_a_very_negative_z_is_zero_without_overflow (error)
"""

import numpy as np


def _sigmoid(z: np.ndarray) -> np.ndarray:
    """Follow the textbook."""
    p: np.ndarray = 1 / (1 + np.exp(-z))
    return p
