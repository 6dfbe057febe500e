"""The shortcuts s(1 - s) and 1 - t^2 get z where they want the activation.

Fails: TestBackward::test_the_slope_of_an_activation_is_taken_at_z
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Function


def _slope(activation: str, z: np.ndarray) -> np.ndarray:
    functions: dict[str, Function] = {
        "linear": np.ones_like,
        "sigmoid": lambda z: z * (1 - z),
        "tanh": lambda z: 1 - z**2,
        "relu": lambda z: z > 0,
    }
    return functions[activation](z)
