"""A target of (N,) makes an error for every pair of samples.

Fails: TestBackward::test_y_has_exactly_the_shape_of_the_prediction
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Layer, Params, _slope, _value


def backward(params: Params, cache: list[Layer], y: np.ndarray) -> Params:
    """Trust the shapes."""
    pred = _value(cache[-1].activation, cache[-1].z)
    delta = 2 * (pred - y) / y.size
    grads: Params = []
    for (W, _), layer in zip(params[::-1], cache[::-1], strict=True):
        delta = delta * _slope(layer.activation, layer.z)
        grads.append((layer.x.T @ delta, delta.sum(axis=0)))
        delta = delta @ W.T
    return grads[::-1]
