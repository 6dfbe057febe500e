"""Step by step and without helpers: loops where they are allowed, a loop over heads."""

import math
from collections.abc import Sequence

import numpy as np


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """Mark the slices without any allowed entry first and set them to 0 last."""
    largest = np.max(x, axis=axis, keepdims=True)
    nothing = largest == -np.inf
    largest = np.where(nothing, 0, largest)
    e = np.exp(x - largest)
    total = np.sum(e, axis=axis, keepdims=True)
    total = np.where(nothing, 1, total)
    result: np.ndarray = e / total
    return result


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Copy the scores and write -inf where the mask forbids."""
    scores = np.matmul(Q, np.swapaxes(K, -1, -2))
    scores = scores / math.sqrt(K.shape[-1])
    if mask is not None:
        scores[~np.broadcast_to(mask, scores.shape)] = -np.inf
    weights = softmax(scores, axis=-1)
    return np.matmul(weights, V), weights


def saturated_widths(
    Q: np.ndarray, K: np.ndarray, widths: Sequence[int], root: bool, limit: float
) -> dict[int, float]:
    """Query by query."""
    result = {}
    for d in widths:
        total = 0.0
        for q in Q:
            scores = [float(np.dot(q[:d], key[:d])) for key in K]
            if root:
                scores = [score / math.sqrt(d) for score in scores]
            total += 1 / sum(math.exp(score - max(scores)) for score in scores)
        if total / len(Q) > limit:
            result[d] = total / len(Q)
    return result


def causal_mask(Tq: int, Tk: int) -> np.ndarray:
    """Cell by cell."""
    mask = np.zeros((Tq, Tk), dtype=bool)
    for i in range(Tq):
        for j in range(Tk):
            if j <= i:
                mask[i, j] = True
    return mask


def padding_mask(lengths: Sequence[int], T: int) -> np.ndarray:
    """Sequence by sequence."""
    mask = np.zeros((len(lengths), 1, T), dtype=bool)
    for b, n in enumerate(lengths):
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
    dh = X.shape[-1] // n_heads
    parts = []
    for h in range(n_heads):
        columns = slice(h * dh, (h + 1) * dh)
        out, _ = attend(X @ Wq[:, columns], X @ Wk[:, columns], X @ Wv[:, columns], mask)
        parts.append(out)
    result: np.ndarray = np.concatenate(parts, axis=-1) @ Wo
    return result


def sinusoidal_positions(T: int, d: int) -> np.ndarray:
    """Number by number."""
    table = np.zeros((T, d))
    for t in range(T):
        for k in range(d // 2):
            angle = t / 10000 ** (2 * k / d)
            table[t, 2 * k] = math.sin(angle)
            table[t, 2 * k + 1] = math.cos(angle)
    return table
