"""Scaled dot-product and multi-head attention on batches with masks."""

import math
from collections.abc import Sequence

import numpy as np


def _split(A: np.ndarray, n_heads: int) -> np.ndarray:
    """(B, T, d) to (B, n_heads, T, d / n_heads)."""
    B, T, d = A.shape
    return A.reshape(B, T, n_heads, d // n_heads).swapaxes(1, 2)


def _merge(heads: np.ndarray) -> np.ndarray:
    """(B, n_heads, T, dh) to (B, T, n_heads * dh)."""
    B, n_heads, T, dh = heads.shape
    return heads.swapaxes(1, 2).reshape(B, T, n_heads * dh)


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """Exponentials of x over their sum along axis; -inf weighs nothing."""
    # The initial value keeps the maximum finite: -inf - -inf would be NaN.
    top = x.max(axis=axis, keepdims=True, initial=np.finfo(x.dtype).min)
    e = np.exp(x - top)
    # The largest term is exp(0) = 1, so only a slice of -inf sums to less than 1.
    shares: np.ndarray = e / np.maximum(e.sum(axis=axis, keepdims=True), 1)
    return shares


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Scaled dot-product attention: (output, weights)."""
    scores = Q @ K.mT / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    weights = softmax(scores)
    return weights @ V, weights


def saturated_widths(
    Q: np.ndarray, K: np.ndarray, widths: Sequence[int], root: bool, limit: float
) -> dict[int, float]:
    """The widths whose mean top weight is above limit, with that mean."""
    tops = {}
    for d in widths:
        scores = Q[:, :d] @ K[:, :d].T / (math.sqrt(d) if root else 1)
        tops[d] = float(softmax(scores).max(axis=1).mean())
    return {d: top for d, top in tops.items() if top > limit}


def causal_mask(Tq: int, Tk: int) -> np.ndarray:
    """Key j is allowed to query i if j <= i."""
    return np.tri(Tq, Tk, dtype=bool)


def padding_mask(lengths: Sequence[int], T: int) -> np.ndarray:
    """The first lengths[b] of T keys are allowed, shape (B, 1, T)."""
    allowed: np.ndarray = np.arange(T) < np.array(lengths)[:, None, None]
    return allowed


def multi_head(
    X: np.ndarray,
    Wq: np.ndarray,
    Wk: np.ndarray,
    Wv: np.ndarray,
    Wo: np.ndarray,
    n_heads: int,
    mask: np.ndarray | None = None,
) -> np.ndarray:
    """Self-attention of X in n_heads heads, merged and projected by Wo."""
    B, T, _ = X.shape
    if mask is not None:
        mask = np.broadcast_to(mask, (B, T, T))[:, None]
    Q, K, V = (_split(X @ W, n_heads) for W in (Wq, Wk, Wv))
    out, _ = attend(Q, K, V, mask)
    mixed: np.ndarray = _merge(out) @ Wo
    return mixed


def sinusoidal_positions(T: int, d: int) -> np.ndarray:
    """Sines in even columns, cosines in odd ones, one frequency a pair (Vaswani et al., 2017)."""
    angle = np.arange(T)[:, None] / 10_000 ** (np.arange(0, d, 2) / d)
    return np.stack([np.sin(angle), np.cos(angle)], axis=-1).reshape(T, d)
