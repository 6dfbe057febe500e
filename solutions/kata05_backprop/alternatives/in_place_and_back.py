"""Entries of params itself move and are written back; slopes come from the activations.

Errors are pulled back by closures, as an automatic differentiation would record them.
"""

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import VALUE, Layer, Params, relative_error


def backward(params: Params, cache: list[Layer], y: np.ndarray) -> Params:
    """Record one pull-back a layer, then call them in turn."""
    outputs = [layer.x for layer in cache[1:]]
    outputs.append(VALUE[cache[-1].activation](cache[-1].z))
    if y.shape != outputs[-1].shape:
        raise ValueError("targets and predictions differ in shape")
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
    """Move an entry where it stands; put the number itself back, which no sum does."""
    grads = []
    for pair in params:
        slopes = []
        for array in pair:
            slope = np.empty(array.shape)
            for place, kept in np.ndenumerate(array.copy()):
                array[place] = kept + eps
                above = loss_fn(params)
                array[place] = kept - eps
                below = loss_fn(params)
                array[place] = kept
                slope[place] = (above - below) / (2 * eps)
            slopes.append(slope)
        grads.append((slopes[0], slopes[1]))
    return grads


def find_fault(params: Params, analytic: Params, numeric: Params, n: int) -> tuple[str, str, float]:
    """Make the whole report first, the output at its head; then read it from there."""
    report = [
        (f"{'Wb'[j]}{i + 1}", params[i][j], analytic[i][j], numeric[i][j])
        for i in reversed(range(len(params)))
        for j in (0, 1)
    ]
    errors = [relative_error(a, g) for _, _, a, g in report]
    wrong = [i for i, error in enumerate(errors) if not error <= 1e-5]
    if not wrong:
        return "", "right", max(errors)
    name, w, a, g = report[wrong[0]]
    slope, *_ = np.linalg.lstsq(w.reshape(-1, 1), np.nan_to_num(g - a).ravel())
    remedies = [("sign", -a), ("summed", a / n), ("averaged", a * n), ("penalty", a + slope * w)]
    fits = [why for why, remedy in remedies if np.abs(remedy - g).max() <= 1e-5 * np.abs(g).max()]
    if name.startswith("b") and fits == ["penalty"]:
        fits = []
    return name, fits[0] if fits else "other", errors[wrong[0]]
