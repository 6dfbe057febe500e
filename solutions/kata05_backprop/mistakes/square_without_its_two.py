"""The factor 2 of the square is missing.

Fails: TestBackward::test_the_square_brings_a_factor_of_two
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Layer, Params, _check_alike, _slope, _value


def backward(params: Params, cache: list[Layer], y: np.ndarray) -> Params:
    """Differentiate half the square."""
    pred = _value(cache[-1].activation, cache[-1].z)
    _check_alike(pred=pred, y=y)
    delta = (pred - y) / y.size
    grads: Params = []
    for (W, _), layer in zip(params[::-1], cache[::-1], strict=True):
        delta = delta * _slope(layer.activation, layer.z)
        grads.append((layer.x.T @ delta, delta.sum(axis=0)))
        delta = delta @ W.T
    return grads[::-1]
