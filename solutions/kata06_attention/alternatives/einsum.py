"""Other algebra: log-sum-exp, einsum, an additive mask of -inf, complex exponentials."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import (
        _check_inputs,
        _check_projections,
        _require,
        _require_positive,
        _spread,
        softmax,
    )


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The boolean mask becomes 0 and -inf and is added; the queries carry the scale."""
    _check_inputs(Q, K, V)
    scores = np.einsum("...qd,...kd->...qk", Q * Q.shape[-1] ** -0.5, K)
    if mask is not None:
        allowed = _spread(mask, scores.shape)
        scores = scores + np.where(allowed, 0.0, -np.inf).astype(scores.dtype)
    weights = softmax(scores)
    return np.einsum("...qk,...kv->...qv", weights, V), weights


def causal_mask(Tq: int, Tk: int) -> np.ndarray:
    """Compare positions of keys with positions of queries."""
    _require_positive(Tq=Tq, Tk=Tk)
    return np.less_equal.outer(np.arange(Tk), np.arange(Tq)).T


def padding_mask(lengths: Sequence[int], T: int) -> np.ndarray:
    """Rows of the lower triangle: row n has n keys allowed."""
    _require_positive(T=T)
    _require(lengths and min(lengths) >= 0 and max(lengths) <= T, "lengths must be from 0 to T")
    table = np.tri(T + 1, T, k=-1, dtype=bool)
    return table[list(lengths)][:, np.newaxis]


def multi_head(
    X: np.ndarray,
    Wq: np.ndarray,
    Wk: np.ndarray,
    Wv: np.ndarray,
    Wo: np.ndarray,
    n_heads: int,
    mask: np.ndarray | None = None,
) -> np.ndarray:
    """The weights are cut into heads, not the tokens: (d, n_heads, dh)."""
    _check_projections(X, n_heads, Wq=Wq, Wk=Wk, Wv=Wv, Wo=Wo)
    T, d = X.shape[1:]
    dh = d // n_heads
    Q, K, V = (np.einsum("btd,dhe->hbte", X, W.reshape(d, n_heads, dh)) for W in (Wq, Wk, Wv))
    if mask is not None:
        mask = _spread(mask, (len(X), T, T))
    heads, _ = attend(Q, K, V, mask)
    mixed: np.ndarray = np.einsum("hbte,hed->btd", heads, Wo.reshape(n_heads, dh, d))
    return mixed


def sinusoidal_positions(T: int, d: int) -> np.ndarray:
    """A pair is a point on the unit circle: imaginary part first, then the real one."""
    _require_positive(T=T, d=d)
    _require(d % 2 == 0, "d must be even")
    speed = np.exp(-math.log(10_000) * np.arange(0, d, 2) / d)
    circle = np.exp(1j * np.outer(np.arange(T), speed))
    table = np.empty((T, d))
    table[:, 0::2], table[:, 1::2] = circle.imag, circle.real
    return table
