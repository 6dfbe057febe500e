"""As the web writes it: np.sqrt, an epsilon, float64 throughout, transposes by number of axes."""

from collections.abc import Sequence

import numpy as np


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """An epsilon of 1e-9 keeps the total from 0, and a highest score of -inf is replaced."""
    scores = np.array(x, dtype=np.float64)
    highest = np.max(scores, axis=axis, keepdims=True)
    highest[np.isneginf(highest)] = 0.0
    e = np.exp(scores - highest)
    shares: np.ndarray = e / (np.sum(e, axis=axis, keepdims=True) + 1e-9)
    return shares


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The weights of queries without any key are set to 0 at the end."""
    d_k = Q.shape[-1]
    scores = np.matmul(Q, np.swapaxes(K, -2, -1)) / np.sqrt(d_k)
    if mask is not None:
        mask = np.broadcast_to(mask, scores.shape)
        scores = np.ma.filled(np.ma.masked_array(scores, mask=~mask), -1e30)
    scores -= np.max(scores, axis=-1, keepdims=True)
    weights = np.exp(scores)
    weights /= weights.sum(axis=-1, keepdims=True) + 1e-12
    if mask is not None:
        weights = weights * mask.any(axis=-1, keepdims=True)
    return np.matmul(weights, V), weights


def saturated_widths(
    Q: np.ndarray, K: np.ndarray, widths: Sequence[int], root: bool, limit: float
) -> dict[int, float]:
    """Attention with its root, undone by the queries where it is not wanted."""
    found = {}
    for d in widths:
        q = Q[:, :d] if root else Q[:, :d] * np.sqrt(d)
        _, weights = attend(q, K[:, :d], K)
        top = np.max(weights, axis=1).mean()
        if top > limit:
            found[d] = top
    return found


def multi_head(
    X: np.ndarray,
    Wq: np.ndarray,
    Wk: np.ndarray,
    Wv: np.ndarray,
    Wo: np.ndarray,
    n_heads: int,
    mask: np.ndarray | None = None,
) -> np.ndarray:
    """The axis for heads is put third from the end, where the mask has one to spare."""
    batch, tokens, d_model = X.shape
    d_k = d_model // n_heads

    def split(Z: np.ndarray) -> np.ndarray:
        return Z.reshape(batch, tokens, n_heads, d_k).transpose(0, 2, 1, 3)

    if mask is not None and mask.ndim == 3:
        mask = np.expand_dims(mask, 1)
    heads, _ = attend(split(np.dot(X, Wq)), split(np.dot(X, Wk)), split(np.dot(X, Wv)), mask)
    joined = heads.transpose(0, 2, 1, 3).reshape(batch, tokens, d_model)
    mixed: np.ndarray = np.dot(joined, Wo)
    return mixed


def sinusoidal_positions(T: int, d: int) -> np.ndarray:
    """In float32, like the tables that models keep."""
    position = np.arange(T, dtype=np.float32)[:, np.newaxis]
    rate = np.exp(np.arange(0, d, 2, dtype=np.float32) * np.float32(-np.log(10000.0) / d))
    table = np.zeros((T, d), dtype=np.float32)
    table[:, 0::2] = np.sin(position * rate)
    table[:, 1::2] = np.cos(position * rate)
    return table
