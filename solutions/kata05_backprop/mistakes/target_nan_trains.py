"""A NaN in the targets goes into every gradient.

Fails: TestBackward::test_a_nan_in_y_is_an_error
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Layer, Params, _slope, _value


def backward(params: Params, cache: list[Layer], y: np.ndarray) -> Params:
    """Trust the targets."""
    pred = _value(cache[-1].activation, cache[-1].z)
    if y.shape != pred.shape:
        raise ValueError(f"y has shape {y.shape}, not {pred.shape}")
    delta = 2 * (pred - y) / y.size
    grads: Params = []
    for (W, _), layer in zip(params[::-1], cache[::-1], strict=True):
        delta = delta * _slope(layer.activation, layer.z)
        grads.append((layer.x.T @ delta, delta.sum(axis=0)))
        delta = delta @ W.T
    return grads[::-1]
