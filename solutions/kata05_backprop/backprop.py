"""A dense net, its backward pass, and the proof that the backward pass is right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from scipy.special import expit

Params = list[tuple[np.ndarray, np.ndarray]]
Hidden = Literal["sigmoid", "tanh", "relu"]
Out = Literal["linear", "sigmoid"]
Function = Callable[[np.ndarray], np.ndarray]


@dataclass
class Layer:
    """What one layer remembers for the way back."""

    x: np.ndarray
    z: np.ndarray
    activation: str


VALUE = dict[str, Function](
    linear=lambda z: z,
    sigmoid=expit,  # 1 / (1 + e^-z) without overflow
    tanh=np.tanh,
    relu=lambda z: np.maximum(z, 0),
)
SLOPE = dict[str, Function](
    linear=np.ones_like,
    sigmoid=lambda z: expit(z) * expit(-z),
    tanh=lambda z: 1 - np.tanh(z) ** 2,
    relu=lambda z: z > 0,
)


def _check_shape(y: np.ndarray, pred: np.ndarray) -> None:
    if y.shape != pred.shape:
        raise ValueError(f"y has shape {y.shape}, not {pred.shape}")


def init_params(sizes: Sequence[int], rng: np.random.Generator) -> Params:
    """Draw Glorot-uniform weights (Glorot and Bengio 2010, eq. 16); biases are zero."""
    params = []
    for n_in, n_out in pairwise(sizes):
        limit = np.sqrt(6 / (n_in + n_out))
        params.append((rng.uniform(-limit, limit, (n_in, n_out)), np.zeros(n_out)))
    return params


def forward(
    params: Params, X: np.ndarray, hidden: Hidden, out: Out
) -> tuple[np.ndarray, list[Layer]]:
    """Return the predictions (N, n_out) and one Layer a layer."""
    cache = []
    names: list[str] = [*[hidden] * (len(params) - 1), out]
    for (W, b), name in zip(params, names, strict=True):
        z = X @ W + b
        cache.append(Layer(X, z, name))
        X = VALUE[name](z)
    return X, cache


def mse(pred: np.ndarray, y: np.ndarray) -> float:
    """Return the mean of the squared differences over all elements."""
    _check_shape(y, pred)
    return float(np.mean((pred - y) ** 2))


def backward(params: Params, cache: list[Layer], y: np.ndarray) -> Params:
    """Return the gradients of mse, shaped and ordered like params."""
    pred = VALUE[cache[-1].activation](cache[-1].z)
    _check_shape(y, pred)
    delta = 2 * (pred - y) / y.size
    grads: Params = []
    for (W, _), layer in zip(params[::-1], cache[::-1], strict=True):
        delta = delta * SLOPE[layer.activation](layer.z)
        grads.append((layer.x.T @ delta, delta.sum(axis=0)))
        delta = delta @ W.T
    return grads[::-1]


def numeric_grads(params: Params, loss_fn: Callable[[Params], float], eps: float = 1e-6) -> Params:
    """Return the central differences of loss_fn, shaped and ordered like params."""
    moved = [(W.copy(), b.copy()) for W, b in params]

    def slopes(array: np.ndarray) -> np.ndarray:
        result = np.zeros_like(array)
        for i in np.ndindex(array.shape):
            kept = array[i]
            array[i] = kept + eps
            above = loss_fn(moved)
            array[i] = kept - eps
            result[i] = (above - loss_fn(moved)) / (2 * eps)
            array[i] = kept
        return result

    return [(slopes(W), slopes(b)) for W, b in moved]


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Return the largest difference, divided by the largest value of either array."""
    return float(np.abs(a - b).max() / max(np.abs(a).max(), np.abs(b).max(), 1e-12))


def _agree(a: np.ndarray, b: np.ndarray) -> bool:
    return relative_error(a, b) <= 1e-5  # False for NaN


def _explanation(letter: str, w: np.ndarray, a: np.ndarray, g: np.ndarray, n: int) -> str:
    remedies = {"sign": -a, "summed": a / n, "averaged": n * a}
    if letter == "W":
        remedies["penalty"] = a + np.vdot(w, g - a) / np.vdot(w, w) * w
    return next((why for why, remedy in remedies.items() if _agree(remedy, g)), "other")


def find_fault(params: Params, analytic: Params, numeric: Params, n: int) -> tuple[str, str, float]:
    """Go from the output down to the first wrong array, and try what would make it right."""
    largest = 0.0
    layers = [*enumerate(zip(params, analytic, numeric, strict=True), start=1)]
    for number, layer in reversed(layers):
        for letter, w, a, g in zip("Wb", *layer, strict=True):
            error = relative_error(a, g)
            if not _agree(a, g):
                return f"{letter}{number}", _explanation(letter, w, a, g, n), error
            largest = max(largest, error)
    return "", "right", largest


def sgd_step(params: Params, grads: Params, lr: float) -> Params:
    """Return new parameters, one step of length lr against the gradients."""
    pairs = zip(params, grads, strict=True)
    return [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in pairs]


def bce_from_logits(z: np.ndarray, y: np.ndarray) -> float:
    """Return the mean of log(1 + e^z) - y z, the log loss of sigmoid(z)."""
    _check_shape(y, z)
    return float(np.mean(np.logaddexp(0, z) - y * z))
