"""The error goes back through relu as if it were linear.

Fails: TestBackward::test_relu_lets_nothing_back_below_zero
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Function, _sigmoid


def _slope(activation: str, z: np.ndarray) -> np.ndarray:
    functions: dict[str, Function] = {
        "linear": np.ones_like,
        "sigmoid": lambda z: _sigmoid(z) * _sigmoid(-z),
        "tanh": lambda z: 1 - np.tanh(z) ** 2,
        "relu": np.ones_like,
    }
    return functions[activation](z)
