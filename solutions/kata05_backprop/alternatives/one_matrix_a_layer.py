"""Each layer is one matrix with the bias as its last row, and samples are columns."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Hidden, Layer, Out, Params


def must(holds: bool, message: str) -> None:
    """Raise where something does not hold."""
    if not holds:
        raise ValueError(message)


def stack(pair: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Put the bias under the weights."""
    return np.vstack(pair)


def split(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Take the bias off again."""
    return matrix[:-1], matrix[-1]


def with_ones(x: np.ndarray) -> np.ndarray:
    """Add the input that belongs to the bias."""
    return np.hstack([x, np.ones((len(x), 1))])


def flatten(params: Params) -> np.ndarray:
    """Write all parameters in one row."""
    return np.concatenate([np.ravel(array) for pair in params for array in pair])


def unflatten(row: np.ndarray, like: Params) -> Params:
    """Read parameters from one row."""
    matrices = []
    for W, b in like:
        head, row = row[: W.size + b.size], row[W.size + b.size :]
        matrices.append((head[: W.size].reshape(W.shape), head[W.size :]))
    return matrices


def init_params(sizes: Sequence[int], rng: np.random.Generator) -> Params:
    """Draw all weights in one go, the last layer first."""
    fans = list(pairwise(sizes))[::-1]
    counts = [n * m for n, m in fans]
    draws = iter(np.split(rng.random(sum(counts)), np.cumsum(counts)))
    params = []
    for n, m in fans:
        width = 2 * np.sqrt(6 / (n + m))
        params.append((width * next(draws).reshape(n, m) - width / 2, np.zeros(m)))
    return params[::-1]


def forward(
    params: Params, X: np.ndarray, hidden: Hidden, out: Out
) -> tuple[np.ndarray, list[Layer]]:
    """Recur over the layers."""
    name = out if len(params) == 1 else hidden
    z = with_ones(X) @ stack(params[0])
    layer = Layer(X, z, name)
    value = {
        "linear": lambda: z.copy(),
        "sigmoid": lambda: special.expit(z),
        "tanh": lambda: 2 * special.expit(2 * z) - 1,
        "relu": lambda: (z + np.abs(z)) / 2,
    }[name]()
    if len(params) == 1:
        return value, [layer]
    pred, rest = forward(params[1:], value, hidden, out)
    return pred, [layer, *rest]


def mse(pred: np.ndarray, y: np.ndarray) -> float:
    """Take the squared length of the difference."""
    must(np.shape(y) == np.shape(pred), "shapes")
    error = np.ravel(pred - y)
    return float(error @ error) / error.size


def backward(params: Params, cache: list[Layer], y: np.ndarray) -> Params:
    """Carry the errors as columns; one product gives weights and bias."""
    slopes = []
    for layer in cache:
        if layer.activation == "sigmoid":
            slopes.append((1 - np.tanh(layer.z.T / 2) ** 2) / 4)
        elif layer.activation == "tanh":
            slopes.append(4 * special.expit(2 * layer.z.T) * special.expit(-2 * layer.z.T))
        elif layer.activation == "relu":
            slopes.append(np.heaviside(layer.z.T, 0))
        else:
            slopes.append(np.ones(layer.z.T.shape))
    z = cache[-1].z
    pred = special.expit(z) if cache[-1].activation == "sigmoid" else z
    must(np.shape(y) == np.shape(pred), "shapes")
    delta = (2 / y.size) * (pred - y).T * slopes[-1]
    grads = [split((delta @ with_ones(cache[-1].x)).T)]
    for i in reversed(range(len(cache) - 1)):
        delta = (params[i + 1][0] @ delta) * slopes[i]
        grads.insert(0, split((delta @ with_ones(cache[i].x)).T))
    return grads


def numeric_grads(params: Params, loss_fn: Callable[[Params], float], eps: float = 1e-6) -> Params:
    """Step along the axes of the space of all parameters."""
    here = flatten(params)
    steps = eps * np.eye(here.size)
    slopes = [
        (loss_fn(unflatten(here + step, params)) - loss_fn(unflatten(here - step, params)))
        / (2 * eps)
        for step in steps
    ]
    return unflatten(np.array(slopes, dtype=float), params)


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Use maximum norms."""
    distance, *scales = (np.linalg.norm(np.ravel(v), np.inf) for v in (a - b, a, b))
    return float(distance / np.max([*scales, 1e-12]))


def find_fault(params: Params, analytic: Params, numeric: Params, n: int) -> tuple[str, str, float]:
    """Recur from the output down; numbers are fitted by a ratio of products, then tried."""
    largest = 0.0
    nets = (params[-1], analytic[-1], numeric[-1])
    for letter, w, a, g in zip("Wb", *nets, strict=True):
        scale = max(np.abs(a).max(), np.abs(g).max(), 1e-12)
        error = float(np.abs(a - g).max() / scale)
        largest = max(largest, error)
        if error <= 1e-5:
            continue
        here = f"{letter}{len(params)}"
        if np.abs(a + g).max() <= 1e-5 * scale:
            return here, "sign", error
        for why, factor in {"summed": 1 / n, "averaged": float(n)}.items():
            if np.allclose(factor * a, g, rtol=0, atol=1e-5 * np.abs(g).max()):
                return here, why, error
        rate = np.sum((g - a) * w) / np.sum(w * w)
        if letter == "W" and np.allclose(a + rate * w, g, rtol=0, atol=1e-5 * np.abs(g).max()):
            return here, "penalty", error
        return here, "other", error
    if len(params) == 1:
        return "", "right", largest
    name, why, error = find_fault(params[:-1], analytic[:-1], numeric[:-1], n)
    return name, why, error if name else max(error, largest)


def sgd_step(params: Params, grads: Params, lr: float) -> Params:
    """Step in the space of all parameters."""
    return unflatten(flatten(params) - lr * flatten(grads), params)


def bce_from_logits(z: np.ndarray, y: np.ndarray) -> float:
    """Weigh the logs of both probabilities."""
    must(np.shape(y) == np.shape(z), "shapes")
    return float(-np.mean(y * special.log_expit(z) + (1 - y) * special.log_expit(-z)))
