"""Entries of params itself move and are written back; slopes come from the activations.

Errors are pulled back by closures, as an automatic differentiation would record them.
"""

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Layer, Params, _check_alike, _value


def backward(params: Params, cache: list[Layer], y: np.ndarray) -> Params:
    """Record one pull-back a layer, then call them in turn."""
    outputs = [layer.x for layer in cache[1:]]
    outputs.append(_value(cache[-1].activation, cache[-1].z))
    _check_alike(prediction=outputs[-1], y=y)
    from_activation: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "linear": lambda a: a**0,
        "sigmoid": lambda s: s - s * s,
        "tanh": lambda t: (1 - t) * (1 + t),
        "relu": np.sign,
    }
    grads: Params = []

    def pull_back(i: int) -> Callable[[np.ndarray], np.ndarray]:
        def through(error: np.ndarray) -> np.ndarray:
            at_z = error * from_activation[cache[i].activation](outputs[i])
            dW = np.einsum("ni,nj->ij", cache[i].x, at_z)
            db = np.einsum("nj->j", at_z)
            grads.insert(0, (dW, db))
            below: np.ndarray = np.einsum("nj,ij->ni", at_z, params[i][0])
            return below

        return through

    tape = [pull_back(i) for i in range(len(cache))]
    error: np.ndarray = (outputs[-1] - y) * (2 / y.size)
    reduce(lambda e, step: step(e), reversed(tape), error)
    return grads


def numeric_grads(params: Params, loss_fn: Callable[[Params], float], eps: float = 1e-6) -> Params:
    """Move an entry where it stands; put it back whatever happens."""
    if not eps > 0:
        raise ValueError("eps must be above 0")
    grads = []
    for pair in params:
        slopes = []
        for array in pair:
            slope = np.empty(array.shape)
            for place, kept in np.ndenumerate(array.copy()):
                sides = []
                try:
                    for side in (kept - eps, kept + eps):
                        array[place] = side
                        sides.append(float(loss_fn(params)))
                finally:
                    array[place] = kept
                slope[place] = (sides[1] - sides[0]) / (2 * eps)
            slopes.append(slope)
        grads.append((slopes[0], slopes[1]))
    return grads
