"""A dense net, its backward pass, and the proof that the backward pass is right.

A layer is a pair W (n_in, n_out), b (n_out,). It gets x (N, n_in), one row a sample, computes
z = x @ W + b, and hands activation(z) on. Arrays are float64.
A y of another shape than the prediction or the logits, as (N,) beside (N, 1), would broadcast: mse,
backward and bce_from_logits raise a ValueError for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

Params = list[tuple[np.ndarray, np.ndarray]]  # one (W, b) a layer
Hidden = Literal["sigmoid", "tanh", "relu"]
Out = Literal["linear", "sigmoid"]


@dataclass
class Layer:
    """What one layer remembers for the way back."""

    x: np.ndarray  # (N, n_in)
    z: np.ndarray  # (N, n_out), before the activation
    activation: str  # "linear", "sigmoid", "tanh" or "relu"


def init_params(sizes: Sequence[int], rng: np.random.Generator) -> Params:
    """Draw each W uniformly from -limit to limit, limit = sqrt(6 / (n_in + n_out)); b is zero.

    >>> [(W.shape, b.shape) for W, b in init_params([3, 4, 1], np.random.default_rng(0))]
    [((3, 4), (4,)), ((4, 1), (1,))]
    """
    raise NotImplementedError


def forward(
    params: Params, X: np.ndarray, hidden: Hidden, out: Out
) -> tuple[np.ndarray, list[Layer]]:
    """Return the prediction and one Layer a layer; the last has the activation out, others hidden.

    >>> forward([(np.array([[2.0]]), np.array([1.0]))], np.array([[3.0]]), "tanh", "linear")[0]
    array([[7.]])
    """
    raise NotImplementedError


def mse(pred: np.ndarray, y: np.ndarray) -> float:
    """Return the mean of (pred - y)^2 over all N times n_out elements; ValueError if shapes differ.

    >>> mse(np.array([[1.0, 2.0]]), np.array([[1.0, 4.0]]))
    2.0
    """
    raise NotImplementedError


def backward(params: Params, cache: list[Layer], y: np.ndarray) -> Params:
    """Return the gradients of mse(prediction, y), in the order and the shapes of params.

    cache is what forward returned for these params. ValueError if y has not the prediction's shape.
    The slope of relu at 0 is 0.

    >>> layer = Layer(x=np.array([[3.0]]), z=np.array([[7.0]]), activation="linear")
    >>> backward([(np.array([[2.0]]), np.array([1.0]))], [layer], y=np.array([[5.0]]))
    [(array([[12.]]), array([4.]))]
    """
    raise NotImplementedError


def numeric_grads(params: Params, loss_fn: Callable[[Params], float], eps: float = 1e-6) -> Params:
    """Return (loss(w + eps) - loss(w - eps)) / (2 eps) for each entry w of each W and each b.

    >>> numeric_grads([(np.array([[2.0]]), np.array([0.0]))], lambda p: p[0][0][0, 0] ** 3, eps=0.5)
    [(array([[12.25]]), array([0.]))]
    """
    raise NotImplementedError


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Return max|a - b| / max(max|a|, max|b|, 1e-12), each max over the whole array; NaN for a NaN.

    >>> relative_error(np.array([1.0, 2.0]), np.array([1.0, 2.5]))
    0.2
    """
    raise NotImplementedError


def find_fault(params: Params, analytic: Params, numeric: Params, n: int) -> tuple[str, str, float]:
    """Read a gradient check on n samples: where to look first, why, and the relative_error there.

    An array is right if its relative_error is at most 1e-5. Look at the wrong one nearest the
    output, W before b: "W2", "b2", "W1", "b1". Why: the first of these whose repair, in brackets,
    makes it right: "sign" (-analytic), "summed" (analytic / n), "averaged" (n * analytic),
    "penalty" (analytic + c * W, c fitted; not for a b), else "other". All right: ("", "right", the
    largest relative_error).

    >>> W, b = np.ones((2, 2)), np.ones(2)
    >>> find_fault([(W, b)], analytic=[(W, b)], numeric=[(W, 8 * b)], n=8)
    ('b1', 'averaged', 0.875)
    """
    raise NotImplementedError


def sgd_step(params: Params, grads: Params, lr: float) -> Params:
    """Return new parameters: each entry less lr times its gradient.

    >>> sgd_step([(np.array([[2.0]]), np.zeros(1))], [(np.array([[4.0]]), np.ones(1))], lr=0.5)
    [(array([[0.]]), array([-0.5]))]
    """
    raise NotImplementedError


def bce_from_logits(z: np.ndarray, y: np.ndarray) -> float:
    """Return the mean of -(y log p + (1 - y) log(1 - p)), p = sigmoid(z), for labels 0 <= y <= 1.

    >>> bce_from_logits(np.array([10000.0, -10000.0]), np.array([0.0, 0.0]))
    5000.0
    """
    raise NotImplementedError
