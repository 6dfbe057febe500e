"""Other algebra: einsum, an additive mask of -inf, complex exponentials."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import softmax


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The boolean mask becomes 0 and -inf and is added; the queries carry the scale."""
    scores = np.einsum("...qd,...kd->...qk", Q * Q.shape[-1] ** -0.5, K)
    if mask is not None:
        scores = scores + np.where(mask, 0.0, -np.inf).astype(scores.dtype)
    weights = softmax(scores)
    return np.einsum("...qk,...kv->...qv", weights, V), weights


def saturated_widths(
    Q: np.ndarray, K: np.ndarray, widths: Sequence[int], root: bool, limit: float
) -> dict[int, float]:
    """The top weight is 1 over the sum of exp(score - highest score)."""
    found = {}
    for d in widths:
        scores = np.einsum("qd,kd->qk", Q[:, :d], K[:, :d])
        if root:
            scores /= d**0.5
        below = scores - scores.max(axis=1, keepdims=True)
        top = float(np.mean(1 / np.exp(below).sum(axis=1)))
        if top > limit:
            found[d] = top
    return found


def causal_mask(Tq: int, Tk: int) -> np.ndarray:
    """Compare positions of keys with positions of queries."""
    return np.less_equal.outer(np.arange(Tk), np.arange(Tq)).T


def padding_mask(lengths: Sequence[int], T: int) -> np.ndarray:
    """Rows of the lower triangle: row n has n keys allowed."""
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
    B, T, d = X.shape
    dh = d // n_heads
    Q, K, V = (np.einsum("btd,dhe->hbte", X, W.reshape(d, n_heads, dh)) for W in (Wq, Wk, Wv))
    if mask is not None:
        mask = np.broadcast_to(mask, (B, T, T))
    heads, _ = attend(Q, K, V, mask)
    mixed: np.ndarray = np.einsum("hbte,hed->btd", heads, Wo.reshape(n_heads, dh, d))
    return mixed


def sinusoidal_positions(T: int, d: int) -> np.ndarray:
    """A pair is a point on the unit circle: imaginary part first, then the real one."""
    speed = np.exp(-math.log(10_000) * np.arange(0, d, 2) / d)
    circle = np.exp(1j * np.outer(np.arange(T), speed))
    table = np.empty((T, d))
    table[:, 0::2], table[:, 1::2] = circle.imag, circle.real
    return table
