"""A dense net, its backward pass, and the proof that the backward pass is right.

A layer is a pair W (n_in, n_out), b (n_out,). It gets x (N, n_in), one row a sample, computes
z = x @ W + b, and hands activation(z) to the next layer. Arrays are float64, in and out; no
argument is changed. "ValueError (y): ..." means that the message names y.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

Params = list[tuple[np.ndarray, np.ndarray]]  # one (W, b) a layer, the first layer first
Hidden = Literal["sigmoid", "tanh", "relu"]
Out = Literal["linear", "sigmoid"]


@dataclass
class Layer:
    """What one layer remembers for the way back."""

    x: np.ndarray  # (N, n_in), what went into the layer
    z: np.ndarray  # (N, n_out), x @ W + b, before the activation
    activation: str  # "linear", "sigmoid", "tanh" or "relu"


def init_params(sizes: Sequence[int], rng: np.random.Generator) -> Params:
    """Draw W uniformly from -limit to limit, limit = sqrt(6 / (n_in + n_out)); b is zero.

    sizes are the widths from input to output. ValueError (sizes): fewer than two, or one below 1.

    >>> [(W.shape, b.shape) for W, b in init_params([3, 4, 1], np.random.default_rng(0))]
    [((3, 4), (4,)), ((4, 1), (1,))]
    """
    raise NotImplementedError


def forward(
    params: Params, X: np.ndarray, hidden: Hidden, out: Out
) -> tuple[np.ndarray, list[Layer]]:
    """Return the prediction (N, n_out) and the cache: one Layer for each (W, b), in that order.

    The last layer has the activation `out`, all others `hidden`. No overflow for any |z| up to
    1e4, and no Python loop over the samples. ValueError (hidden), (out): not a name in its type
    above. (X): not (N, n_in) with N >= 1 and the n_in of the first W, or with a NaN.

    >>> forward([(np.array([[2.0]]), np.array([1.0]))], np.array([[3.0]]), "tanh", "linear")[0]
    array([[7.]])
    """
    raise NotImplementedError


def mse(pred: np.ndarray, y: np.ndarray) -> float:
    """Return the mean of (pred - y)^2 over all elements; pred and y share a shape, any shape.
    ValueError (y): a NaN, or not exactly pred's shape, as (N,) for (N, 1). (pred): a NaN, or empty.

    >>> mse(np.array([[1.0, 2.0]]), np.array([[1.0, 4.0]]))
    2.0
    """
    raise NotImplementedError


def backward(params: Params, cache: list[Layer], y: np.ndarray) -> Params:
    """Return the gradients of mse(prediction, y), in the order and the shapes of params.

    cache is what forward returned for these params, of any depth. The slope of relu at 0 is 0.
    No overflow for any |z| up to 1e4, and no Python loop over the samples.
    ValueError (y): a NaN, or not exactly the prediction's shape, as (N,) for (N, 1).

    >>> layer = Layer(x=np.array([[3.0]]), z=np.array([[7.0]]), activation="linear")
    >>> backward([(np.array([[2.0]]), np.array([1.0]))], [layer], y=np.array([[5.0]]))
    [(array([[12.]]), array([4.]))]
    """
    raise NotImplementedError


def numeric_grads(params: Params, loss_fn: Callable[[Params], float], eps: float = 1e-6) -> Params:
    """Return (loss(w + eps) - loss(w - eps)) / (2 eps) for each entry w of each W and each b.

    Order and shapes are those of params. loss_fn sees one entry moved, all others as in params.
    ValueError (eps): not above 0.

    >>> numeric_grads([(np.array([[2.0]]), np.array([0.0]))], lambda p: p[0][0][0, 0] ** 3, eps=0.5)
    [(array([[12.25]]), array([0.]))]
    """
    raise NotImplementedError


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Return max|a - b| / max(max|a|, max|b|, 1e-12), each max over the whole array.
    ValueError (b): a NaN, or not exactly a's shape. (a): a NaN, or empty.

    >>> relative_error(np.array([1.0, 2.0]), np.array([1.0, 2.5]))
    0.2
    """
    raise NotImplementedError


def sgd_step(params: Params, grads: Params, lr: float) -> Params:
    """Return new parameters: each entry less lr times its gradient.
    ValueError (lr): not above 0. (grads): not exactly the length and the shapes of params.

    >>> sgd_step([(np.array([[2.0]]), np.zeros(1))], [(np.array([[4.0]]), np.ones(1))], lr=0.5)
    [(array([[0.]]), array([-0.5]))]
    """
    raise NotImplementedError


def bce_from_logits(z: np.ndarray, y: np.ndarray) -> float:
    """Return the mean of -(y log p + (1 - y) log(1 - p)) over all elements, p = sigmoid(z).

    z and y share a shape, any shape; 0 <= y <= 1. No overflow, and right to 1e-9, for any |z| up
    to 1e4. ValueError (y): a NaN, outside 0 to 1, or not exactly z's shape. (z): a NaN, or empty.

    >>> bce_from_logits(np.array([10000.0, -10000.0]), np.array([0.0, 0.0]))
    5000.0
    """
    raise NotImplementedError
