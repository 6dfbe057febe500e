"""The error goes back through W, not through its transpose.

Fails: TestBackward::test_the_error_goes_back_through_w_transposed
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Layer, Params, _check_alike, _slope, _value


def backward(params: Params, cache: list[Layer], y: np.ndarray) -> Params:
    """Multiply by whichever side fits."""
    pred = _value(cache[-1].activation, cache[-1].z)
    _check_alike(pred=pred, y=y)
    delta = 2 * (pred - y) / y.size
    grads: Params = []
    for (W, _), layer in zip(params[::-1], cache[::-1], strict=True):
        delta = delta * _slope(layer.activation, layer.z)
        grads.append((layer.x.T @ delta, delta.sum(axis=0)))
        delta = delta @ (W if W.shape[0] == W.shape[1] else W.T)
    return grads[::-1]
