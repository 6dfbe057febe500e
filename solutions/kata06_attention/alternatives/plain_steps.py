"""Step by step and without helpers: loops where they are allowed, a loop over heads."""

import math
from collections.abc import Sequence

import numpy as np


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """Mark the slices without any allowed entry first and set them to 0 last."""
    if x.size == 0:
        raise ValueError("x is empty")
    if np.isnan(x).any() or (x == np.inf).any():
        raise ValueError("x contains NaN or +inf")
    largest = np.max(x, axis=axis, keepdims=True)
    nothing = largest == -np.inf
    largest = np.where(nothing, 0, largest)
    e = np.exp(x - largest)
    total = np.sum(e, axis=axis, keepdims=True, dtype=float)
    total = np.where(nothing, 1, total)
    result: np.ndarray = (e / total).astype(x.dtype)
    return result


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Copy the scores and write -inf where the mask forbids."""
    for name, array in [("Q", Q), ("K", K), ("V", V)]:
        if array.size == 0:
            raise ValueError(f"{name} is empty")
        if not np.all(np.isfinite(array)):
            raise ValueError(f"{name} contains NaN or infinity")
    if K.ndim != Q.ndim or K.shape[:-2] != Q.shape[:-2]:
        raise ValueError("K and Q have different batch axes")
    if K.shape[-1] != Q.shape[-1]:
        raise ValueError("K and Q have different d")
    if V.ndim != K.ndim or V.shape[:-2] != K.shape[:-2]:
        raise ValueError("V and K have different batch axes")
    if V.shape[-2] != K.shape[-2]:
        raise ValueError("V and K have different numbers of rows")
    scores = np.matmul(Q, np.swapaxes(K, -1, -2))
    scores = scores / math.sqrt(K.shape[-1])
    if mask is not None:
        if mask.dtype != bool:
            raise ValueError("mask is not boolean")
        try:
            full = np.broadcast_to(mask, scores.shape)
        except ValueError as error:
            raise ValueError("mask does not fit the scores") from error
        scores[~full] = -np.inf
    weights = softmax(scores, axis=-1)
    return np.matmul(weights, V), weights


def causal_mask(Tq: int, Tk: int) -> np.ndarray:
    """Cell by cell."""
    if Tq < 1:
        raise ValueError("Tq must be positive")
    if Tk < 1:
        raise ValueError("Tk must be positive")
    mask = np.zeros((Tq, Tk), dtype=bool)
    for i in range(Tq):
        for j in range(Tk):
            if j <= i:
                mask[i, j] = True
    return mask


def padding_mask(lengths: Sequence[int], T: int) -> np.ndarray:
    """Sequence by sequence."""
    if T < 1:
        raise ValueError("T must be positive")
    if len(lengths) == 0:
        raise ValueError("lengths is empty")
    mask = np.zeros((len(lengths), 1, T), dtype=bool)
    for b, n in enumerate(lengths):
        if n < 0 or n > T:
            raise ValueError(f"lengths holds {n}, outside 0 to {T}")
        mask[b, 0, :n] = True
    return mask


def multi_head(
    X: np.ndarray,
    Wq: np.ndarray,
    Wk: np.ndarray,
    Wv: np.ndarray,
    Wo: np.ndarray,
    n_heads: int,
    mask: np.ndarray | None = None,
) -> np.ndarray:
    """Head by head, each a slice of columns; the mask needs no axis for heads."""
    B, T, d = X.shape
    for name, array in [("X", X), ("Wq", Wq), ("Wk", Wk), ("Wv", Wv), ("Wo", Wo)]:
        if array.size == 0 or not np.isfinite(array).all():
            raise ValueError(f"{name} must be finite and not empty")
        if name != "X" and array.shape != (d, d):
            raise ValueError(f"{name} must be {d} x {d}")
    if n_heads < 1 or d % n_heads != 0:
        raise ValueError("n_heads must divide d")
    if mask is not None:
        try:
            mask = np.broadcast_to(mask, (B, T, T))
        except ValueError as error:
            raise ValueError("mask does not fit") from error
    dh = d // n_heads
    parts = []
    for h in range(n_heads):
        columns = slice(h * dh, (h + 1) * dh)
        out, _ = attend(
            (X @ Wq)[:, :, columns], (X @ Wk)[:, :, columns], (X @ Wv)[:, :, columns], mask
        )
        parts.append(out)
    result: np.ndarray = np.concatenate(parts, axis=-1) @ Wo
    return result


def sinusoidal_positions(T: int, d: int) -> np.ndarray:
    """Number by number."""
    if T < 1:
        raise ValueError("T must be positive")
    if d < 1 or d % 2 == 1:
        raise ValueError("d must be positive and even")
    table = np.zeros((T, d))
    for t in range(T):
        for k in range(d // 2):
            angle = t / 10000 ** (2 * k / d)
            table[t, 2 * k] = math.sin(angle)
            table[t, 2 * k + 1] = math.cos(angle)
    return table
