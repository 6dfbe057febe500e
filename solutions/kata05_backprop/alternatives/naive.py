"""Plain loops and branches, as a beginner would write them down; no loop over the samples."""

import copy
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata05_backprop.backprop import Hidden, Layer, Out, Params


def init_params(sizes: Sequence[int], rng: np.random.Generator) -> Params:
    """Draw the weights one by one."""
    params = []
    for i in range(len(sizes) - 1):
        limit = math.sqrt(6.0 / (sizes[i] + sizes[i + 1]))
        W = np.empty((sizes[i], sizes[i + 1]))
        for row in range(sizes[i]):
            for column in range(sizes[i + 1]):
                W[row, column] = (2 * rng.random() - 1) * limit
        params.append((W, np.zeros(sizes[i + 1])))
    return params


def activate(name: str, z: np.ndarray) -> np.ndarray:
    """Apply one activation."""
    a: np.ndarray = z
    if name == "sigmoid":
        small = np.exp(-np.abs(z))
        a = np.where(z >= 0, 1 / (1 + small), small / (1 + small))
    elif name == "tanh":
        a = np.tanh(z)
    elif name == "relu":
        a = z * (z > 0)
    return a


def forward(
    params: Params, X: np.ndarray, hidden: Hidden, out: Out
) -> tuple[np.ndarray, list[Layer]]:
    """Count the layers."""
    cache = []
    a = X
    for i in range(len(params)):
        name: str = hidden
        if i == len(params) - 1:
            name = out
        z = np.dot(a, params[i][0]) + params[i][1]
        cache.append(Layer(x=a, z=z, activation=name))
        a = activate(name, z)
    return a, cache


def mse(pred: np.ndarray, y: np.ndarray) -> float:
    """Add up the squares one by one."""
    if pred.shape != y.shape:
        raise ValueError
    total = 0.0
    for p, t in zip(pred.flatten(), y.flatten(), strict=True):
        total += (p - t) ** 2
    return total / pred.size


def backward(params: Params, cache: list[Layer], y: np.ndarray) -> Params:
    """Walk the layers by their numbers, from the last to the first."""
    pred = activate(cache[-1].activation, cache[-1].z)
    if y.shape != pred.shape:
        raise ValueError
    grads = [(np.zeros_like(W), np.zeros_like(b)) for W, b in params]
    da = 2 * (pred - y) / (y.shape[0] * y.shape[1])
    for i in range(len(params) - 1, -1, -1):
        a = activate(cache[i].activation, cache[i].z)
        if cache[i].activation == "sigmoid":
            dz = da * a * (1 - a)
        elif cache[i].activation == "tanh":
            dz = da * (1 - a * a)
        elif cache[i].activation == "relu":
            dz = np.where(cache[i].z > 0, da, 0)
        else:
            dz = da
        grads[i] = (np.dot(cache[i].x.T, dz), np.sum(dz, axis=0))
        da = np.dot(dz, params[i][0].T)
    return grads


def numeric_grads(params: Params, loss_fn: Callable[[Params], float], eps: float = 1e-6) -> Params:
    """Copy everything for every question."""
    grads = [(np.zeros(W.shape), np.zeros(b.shape)) for W, b in params]
    for layer in range(len(params)):
        for part in range(2):
            for place in np.ndindex(params[layer][part].shape):
                plus, minus = copy.deepcopy(params), copy.deepcopy(params)
                plus[layer][part][place] += eps
                minus[layer][part][place] -= eps
                grads[layer][part][place] = (loss_fn(plus) - loss_fn(minus)) / (2 * eps)
    return grads


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Look at the numbers one by one."""
    difference, scale = 0.0, 1e-12
    for p, q in zip(a.flatten(), b.flatten(), strict=True):
        if math.isnan(p) or math.isnan(q):
            return math.nan
        difference = max(difference, abs(p - q))
        scale = max(scale, abs(p), abs(q))
    return difference / scale


def find_fault(params: Params, analytic: Params, numeric: Params, n: int) -> tuple[str, str, float]:
    """Look at all arrays from the last to the first; the penalty's c comes from one entry."""
    worst = 0.0
    for layer in range(len(params) - 1, -1, -1):
        for part in range(2):
            a, g = analytic[layer][part], numeric[layer][part]
            error = relative_error(a, g)
            if error <= 1e-5:
                worst = max(worst, error)
                continue
            name = "Wb"[part] + str(layer + 1)
            if relative_error(-1 * a, g) <= 1e-5:
                return name, "sign", error
            if relative_error(a / n, g) <= 1e-5:
                return name, "summed", error
            if relative_error(a * n, g) <= 1e-5:
                return name, "averaged", error
            if part == 0:
                w = params[layer][part]
                place = np.unravel_index(np.argmax(np.abs(w)), w.shape)
                c = (g[place] - a[place]) / w[place]
                if relative_error(a + c * w, g) <= 1e-5:
                    return name, "penalty", error
            return name, "other", error
    return "", "right", worst


def sgd_step(params: Params, grads: Params, lr: float) -> Params:
    """Copy, then move the copies."""
    new = copy.deepcopy(params)
    for i in range(len(params)):
        for part in range(2):
            new[i][part][...] -= lr * grads[i][part]
    return new


def bce_from_logits(z: np.ndarray, y: np.ndarray) -> float:
    """Keep the exponent negative: max(z, 0) - y z + log(1 + e^-|z|)."""
    if z.shape != y.shape:
        raise ValueError
    total = 0.0
    for zi, yi in zip(z.flatten(), y.flatten(), strict=True):
        total += max(zi, 0) - yi * zi + math.log1p(math.exp(-abs(zi)))
    return float(total / z.size)
