"""The error is written over the cached z, which a linear output shares.

Fails: TestBackward::test_the_cache_survives_the_way_back
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Layer, Params, _check_alike, _slope, _value


def backward(params: Params, cache: list[Layer], y: np.ndarray) -> Params:
    """Save an array."""
    last = cache[-1]
    pred = last.z if last.activation == "linear" else _value(last.activation, last.z)
    _check_alike(pred=pred, y=y)
    pred -= y
    delta = 2 * pred / y.size
    grads: Params = []
    for (W, _), layer in zip(params[::-1], cache[::-1], strict=True):
        delta = delta * _slope(layer.activation, layer.z)
        grads.append((layer.x.T @ delta, delta.sum(axis=0)))
        delta = delta @ W.T
    return grads[::-1]
