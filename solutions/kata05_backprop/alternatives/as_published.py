"""As it stands in many a repository: no checks but shapes, sums for means, single precision starts.

The sigmoid is clipped at 500 before e^-z is formed; numbers are held against each other flat.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise, starmap
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Hidden, Layer, Out, Params


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Form e^-z for no z beyond 500."""
    p: np.ndarray = 1 / (1 + np.exp(-np.clip(z, -500, 500)))
    return p


def activated(z: np.ndarray, name: str) -> np.ndarray:
    """Choose by name."""
    a: np.ndarray = z
    match name:
        case "sigmoid":
            a = sigmoid(z)
        case "tanh":
            a = np.tanh(z)
        case "relu":
            a = np.where(z > 0, z, 0.0)
    return a


def init_params(sizes: Sequence[int], rng: np.random.Generator) -> Params:
    """Draw standard uniforms in float32 and stretch them."""

    def layer(n_in: int, n_out: int) -> tuple[np.ndarray, np.ndarray]:
        limit = (6.0 / (n_in + n_out)) ** 0.5
        W = limit * (2 * rng.random((n_in, n_out), dtype=np.float32).astype(float) - 1)
        return W, np.zeros(n_out)

    return list(starmap(layer, pairwise(sizes)))


def forward(
    params: Params, X: np.ndarray, hidden: Hidden, out: Out
) -> tuple[np.ndarray, list[Layer]]:
    """Hidden layers first, then the output."""
    cache = []
    for W, b in params[:-1]:
        z = np.add(X.dot(W), b[np.newaxis, :])
        cache.append(Layer(x=X, z=z, activation=hidden))
        X = activated(z, hidden)
    W, b = params[-1]
    z = np.add(X.dot(W), b[np.newaxis, :])
    cache.append(Layer(x=X, z=z, activation=out))
    return activated(z, out), cache


def mse(pred: np.ndarray, y: np.ndarray) -> float:
    """Average rows first, then the batch."""
    if y.shape != pred.shape:
        raise ValueError("shape mismatch")
    return float(np.square(y - pred).sum() / y.size)


def backward(params: Params, cache: list[Layer], y: np.ndarray) -> Params:
    """Keep the factor 2 / size for the end of each layer."""
    z = cache[-1].z
    if y.shape != z.shape:
        raise ValueError("shape mismatch")
    delta = activated(z, cache[-1].activation) - y
    grads: Params = []
    for i in range(len(params) - 1, -1, -1):
        layer = cache[i]
        if layer.activation == "sigmoid":
            delta = delta * sigmoid(layer.z) * (1 - sigmoid(layer.z))
        elif layer.activation == "tanh":
            delta = delta * (1 - np.tanh(layer.z) ** 2)
        elif layer.activation == "relu":
            delta = np.where(layer.z > 0, delta, 0.0)
        grads.append((2 * layer.x.T.dot(delta) / y.size, 2 * np.sum(delta, axis=0) / y.size))
        delta = delta.dot(params[i][0].T)
    grads.reverse()
    return grads


def numeric_grads(params: Params, loss_fn: Callable[[Params], float], eps: float = 1e-6) -> Params:
    """Walk with nditer, as the classic course does; it gives the places."""
    moved = [(np.array(W), np.array(b)) for W, b in params]
    grads = [(np.zeros_like(W), np.zeros_like(b)) for W, b in params]
    for pair, slopes in zip(moved, grads, strict=True):
        for array, slope in zip(pair, slopes, strict=True):
            walk = np.nditer(array, flags=["multi_index"])
            while not walk.finished:
                place = walk.multi_index
                old = array[place].item()
                array[place] = old + eps
                plus = loss_fn(moved)
                array[place] = old - eps
                minus = loss_fn(moved)
                array[place] = old
                slope[place] = (plus - minus) / (2 * eps)
                walk.iternext()
    return grads


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Flatten, then three maxima."""
    a, b = a.flatten(), b.flatten()
    top = np.max(np.abs(a - b))
    return float(top / np.maximum(1e-12, np.max(np.abs(np.concatenate([a, b])))))


def sgd_step(params: Params, grads: Params, lr: float) -> Params:
    """Copy, then step in place on the copies."""
    stepped = [(W.copy(), b.copy()) for W, b in params]
    for (W, b), (dW, db) in zip(stepped, grads, strict=True):
        W -= lr * dW
        b -= lr * db
    return stepped


def bce_from_logits(z: np.ndarray, y: np.ndarray) -> float:
    """Keep every exponent negative."""
    if y.shape != z.shape:
        raise ValueError("shape mismatch")
    losses = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    return float(losses.sum() / z.size)
