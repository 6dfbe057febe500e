"""pred - y is taken for the error at z, as if the loss were log loss.

Fails: TestBackward::test_a_sigmoid_output_brings_its_own_slope
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Layer, Params, _check_alike, _slope, _value


def backward(params: Params, cache: list[Layer], y: np.ndarray) -> Params:
    """Skip the slope of the output."""
    pred = _value(cache[-1].activation, cache[-1].z)
    _check_alike(pred=pred, y=y)
    delta = 2 * (pred - y) / y.size
    grads: Params = []
    for (W, _), layer in zip(params[::-1], cache[::-1], strict=True):
        if layer is not cache[-1]:
            delta = delta * _slope(layer.activation, layer.z)
        grads.append((layer.x.T @ delta, delta.sum(axis=0)))
        delta = delta @ W.T
    return grads[::-1]
