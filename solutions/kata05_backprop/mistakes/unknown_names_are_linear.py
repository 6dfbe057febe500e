"""A name that does not exist falls through to the linear activation.

Fails: TestForward::test_an_activation_that_does_not_exist_is_an_error
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Hidden, Layer, Out, Params, _value


def forward(
    params: Params, X: np.ndarray, hidden: Hidden, out: Out
) -> tuple[np.ndarray, list[Layer]]:
    """Trust the names."""
    if X.shape[1:] != params[0][0].shape[:1] or not X.size or np.isnan(X).any():
        raise ValueError("X must be (N, n_in) with at least one row and no NaN")
    cache: list[Layer] = []

    def through(x: np.ndarray, W: np.ndarray, b: np.ndarray, activation: str) -> np.ndarray:
        cache.append(Layer(x, x @ W + b, activation))
        return _value(
            activation if activation in ("sigmoid", "tanh", "relu") else "linear", cache[-1].z
        )

    for W, b in params[:-1]:
        X = through(X, W, b, hidden)
    return through(X, *params[-1], out), cache
