"""Scaled dot-product and multi-head attention on batches with masks."""

import math
from collections.abc import Sequence

import numpy as np


def _require(ok: object, message: str) -> None:
    if not ok:
        raise ValueError(message)


def _require_finite(**arrays: np.ndarray) -> None:
    for name, array in arrays.items():
        _require(array.size and np.isfinite(array).all(), f"{name} must be finite and not empty")


def _require_positive(**sizes: int) -> None:
    for name, size in sizes.items():
        _require(size >= 1, f"{name} must be at least 1")


def _spread(mask: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Broadcast mask to shape; a mask that would enlarge the shape is refused."""
    _require(np.issubdtype(mask.dtype, np.bool_), "mask must be boolean: True = may attend")
    try:
        return np.broadcast_to(mask, shape)
    except ValueError:
        raise ValueError(f"mask of shape {mask.shape} does not broadcast to {shape}") from None


def _check_inputs(Q: np.ndarray, K: np.ndarray, V: np.ndarray) -> None:
    _require_finite(Q=Q, K=K, V=V)
    same_axes = Q.shape[:-2] + Q.shape[-1:] == K.shape[:-2] + K.shape[-1:]
    _require(same_axes, "K must have the batch axes and the last axis of Q")
    _require(V.shape[:-1] == K.shape[:-1], "V must have the batch axes of K and as many rows")


def _check_projections(X: np.ndarray, n_heads: int, **weights: np.ndarray) -> None:
    _require_finite(X=X, **weights)
    d = X.shape[-1]
    for name, W in weights.items():
        _require(W.shape == (d, d), f"{name} must have shape ({d}, {d})")
    _require_positive(n_heads=n_heads)
    _require(not d % n_heads, f"n_heads must divide {d}")


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
    _require(x.size and (x < np.inf).all(), "x must hold neither NaN nor +inf, and not be empty")
    # A total in float16 cannot grow past 2048 in steps of 1.
    wide = x.astype(np.result_type(x, np.float32))
    # The initial value keeps the maximum finite: -inf - -inf would be NaN.
    top = wide.max(axis=axis, keepdims=True, initial=np.finfo(wide.dtype).min)
    e = np.exp(wide - top)
    # The largest term is exp(0) = 1, so only a slice of -inf sums to less than 1.
    shares: np.ndarray = e / np.maximum(e.sum(axis=axis, keepdims=True), 1)
    return shares.astype(x.dtype)


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Scaled dot-product attention: (output, weights)."""
    _check_inputs(Q, K, V)
    scores = Q @ K.mT / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(_spread(mask, scores.shape), scores, -np.inf)
    weights = softmax(scores)
    return weights @ V, weights


def causal_mask(Tq: int, Tk: int) -> np.ndarray:
    """Key j is allowed to query i if j <= i."""
    _require_positive(Tq=Tq, Tk=Tk)
    return np.tri(Tq, Tk, dtype=bool)


def padding_mask(lengths: Sequence[int], T: int) -> np.ndarray:
    """The first lengths[b] of T keys are allowed, shape (B, 1, T)."""
    _require_positive(T=T)
    ok = len(lengths) and all(0 <= n <= T for n in lengths)
    _require(ok, "lengths must be between 0 and T, and not empty")
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
    _check_projections(X, n_heads, Wq=Wq, Wk=Wk, Wv=Wv, Wo=Wo)
    if mask is not None:
        mask = _spread(mask, (len(X), X.shape[1], X.shape[1]))[:, None]
    Q, K, V = (_split(X @ W, n_heads) for W in (Wq, Wk, Wv))
    out, _ = attend(Q, K, V, mask)
    mixed: np.ndarray = _merge(out) @ Wo
    return mixed


def sinusoidal_positions(T: int, d: int) -> np.ndarray:
    """Sines in even columns, cosines in odd ones, one frequency a pair (Vaswani et al., 2017)."""
    _require_positive(T=T, d=d)
    _require(not d % 2, "d must be even: every sine has its cosine")
    angle = np.arange(T)[:, None] / 10_000 ** (np.arange(0, d, 2) / d)
    return np.stack([np.sin(angle), np.cos(angle)], axis=-1).reshape(T, d)
