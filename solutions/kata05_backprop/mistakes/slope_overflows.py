"""The slopes are right on paper and overflow for |z| = 800.

Fails: TestBackward::test_a_saturated_unit_lets_nothing_back_without_overflow (error)
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Function


def _slope(activation: str, z: np.ndarray) -> np.ndarray:
    functions: dict[str, Function] = {
        "linear": np.ones_like,
        "sigmoid": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
        "tanh": lambda z: 1 / np.cosh(z) ** 2,
        "relu": lambda z: z > 0,
    }
    return functions[activation](z)
