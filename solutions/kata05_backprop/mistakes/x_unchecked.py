"""A vector, a NaN and an empty batch go through the net.

Fails: TestForward::test_x_has_one_row_a_sample_and_no_nan
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Hidden, Layer, Out, Params, _value


def forward(
    params: Params, X: np.ndarray, hidden: Hidden, out: Out
) -> tuple[np.ndarray, list[Layer]]:
    """Trust X."""
    if hidden not in ("sigmoid", "tanh", "relu"):
        raise ValueError(f"hidden cannot be {hidden!r}")
    if out not in ("linear", "sigmoid"):
        raise ValueError(f"out cannot be {out!r}")
    cache: list[Layer] = []

    def through(x: np.ndarray, W: np.ndarray, b: np.ndarray, activation: str) -> np.ndarray:
        cache.append(Layer(x, x @ W + b, activation))
        return _value(activation, cache[-1].z)

    for W, b in params[:-1]:
        X = through(X, W, b, hidden)
    return through(X, *params[-1], out), cache
