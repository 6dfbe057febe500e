"""The bias gradient keeps the axis that it was summed over.

Fails: TestBackward::test_each_gradient_has_the_shape_of_its_parameter
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Layer, Params, _check_alike, _slope, _value


def backward(params: Params, cache: list[Layer], y: np.ndarray) -> Params:
    """Return bias gradients of (1, n_out)."""
    pred = _value(cache[-1].activation, cache[-1].z)
    _check_alike(pred=pred, y=y)
    delta = 2 * (pred - y) / y.size
    grads: Params = []
    for (W, _), layer in zip(params[::-1], cache[::-1], strict=True):
        delta = delta * _slope(layer.activation, layer.z)
        grads.append((layer.x.T @ delta, delta.sum(axis=0, keepdims=True)))
        delta = delta @ W.T
    return grads[::-1]
