"""A dense net, its backward pass, and the proof that the backward pass is right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

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


def _sigmoid(z: np.ndarray) -> np.ndarray:
    p: np.ndarray = np.exp(-np.logaddexp(0, -z))  # 1 / (1 + e^-z), without forming e^-z
    return p


def _value(activation: str, z: np.ndarray) -> np.ndarray:
    functions: dict[str, Function] = {
        "linear": np.positive,
        "sigmoid": _sigmoid,
        "tanh": np.tanh,
        "relu": lambda z: np.maximum(z, 0),
    }
    return functions[activation](z)


def _slope(activation: str, z: np.ndarray) -> np.ndarray:
    functions: dict[str, Function] = {
        "linear": np.ones_like,
        "sigmoid": lambda z: _sigmoid(z) * _sigmoid(-z),
        "tanh": lambda z: 1 - np.tanh(z) ** 2,
        "relu": lambda z: z > 0,
    }
    return functions[activation](z)


def _check_alike(**arrays: np.ndarray) -> None:
    (_, first), (name, second) = arrays.items()
    if second.shape != first.shape:
        raise ValueError(f"{name} has shape {second.shape}, not {first.shape}")
    for name, array in arrays.items():
        if not array.size:
            raise ValueError(f"{name} is empty")
        if np.isnan(array).any():
            raise ValueError(f"{name} holds NaN")


def _shapes(params: Params) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(W.shape, b.shape) for W, b in params]


def init_params(sizes: Sequence[int], rng: np.random.Generator) -> Params:
    """Draw Glorot-uniform weights (Glorot and Bengio 2010, eq. 16); biases are zero."""
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes must be two or more counts of at least 1, not {sizes}")
    params = []
    for n_in, n_out in pairwise(sizes):
        limit = np.sqrt(6 / (n_in + n_out))
        params.append((rng.uniform(-limit, limit, (n_in, n_out)), np.zeros(n_out)))
    return params


def forward(
    params: Params, X: np.ndarray, hidden: Hidden, out: Out
) -> tuple[np.ndarray, list[Layer]]:
    """Return the predictions (N, n_out) and one Layer a layer."""
    if hidden not in ("sigmoid", "tanh", "relu"):
        raise ValueError(f"hidden cannot be {hidden!r}")
    if out not in ("linear", "sigmoid"):
        raise ValueError(f"out cannot be {out!r}")
    if X.shape[1:] != params[0][0].shape[:1] or not X.size or np.isnan(X).any():
        raise ValueError("X must be (N, n_in) with at least one row and no NaN")
    cache: list[Layer] = []

    def through(x: np.ndarray, W: np.ndarray, b: np.ndarray, activation: str) -> np.ndarray:
        cache.append(Layer(x, x @ W + b, activation))
        return _value(activation, cache[-1].z)

    for W, b in params[:-1]:
        X = through(X, W, b, hidden)
    return through(X, *params[-1], out), cache


def mse(pred: np.ndarray, y: np.ndarray) -> float:
    """Return the mean of the squared differences over all elements."""
    _check_alike(pred=pred, y=y)
    return float(np.mean((pred - y) ** 2))


def backward(params: Params, cache: list[Layer], y: np.ndarray) -> Params:
    """Return the gradients of mse, shaped and ordered like params."""
    pred = _value(cache[-1].activation, cache[-1].z)
    _check_alike(pred=pred, y=y)
    delta = 2 * (pred - y) / y.size
    grads: Params = []
    for (W, _), layer in zip(params[::-1], cache[::-1], strict=True):
        delta = delta * _slope(layer.activation, layer.z)
        grads.append((layer.x.T @ delta, delta.sum(axis=0)))
        delta = delta @ W.T
    return grads[::-1]


def numeric_grads(params: Params, loss_fn: Callable[[Params], float], eps: float = 1e-6) -> Params:
    """Return the central differences of loss_fn, shaped and ordered like params."""
    if eps <= 0:
        raise ValueError(f"eps must be positive, not {eps}")
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
    _check_alike(a=a, b=b)
    return float(np.abs(a - b).max() / max(np.abs(a).max(), np.abs(b).max(), 1e-12))


def sgd_step(params: Params, grads: Params, lr: float) -> Params:
    """Return new parameters, one step of length lr against the gradients."""
    if lr <= 0:
        raise ValueError(f"lr must be positive, not {lr}")
    if _shapes(grads) != _shapes(params):
        raise ValueError("grads must have the shapes of params")
    pairs = zip(params, grads, strict=True)
    return [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in pairs]


def bce_from_logits(z: np.ndarray, y: np.ndarray) -> float:
    """Return the mean of log(1 + e^z) - y z, the log loss of sigmoid(z)."""
    _check_alike(z=z, y=y)
    if y.min() < 0 or y.max() > 1:
        raise ValueError("y must lie between 0 and 1")
    return float(np.mean(np.logaddexp(0, z) - y * z))
