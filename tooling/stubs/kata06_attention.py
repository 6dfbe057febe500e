"""Scaled dot-product and multi-head attention, on batches with masks."""

from collections.abc import Sequence

import numpy as np


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """Exponentials over their sum along one axis, in the shape of x.

    Scores may be large: 2000 in float64, 100 in float32, 12 in float16. -inf weighs exactly 0; a
    slice of nothing but -inf becomes zeros.

    >>> softmax(np.array([[0.0, 0.0, -np.inf], [2000.0, 0.0, 2000.0]])).tolist()
    [[0.5, 0.5, 0.0], [0.5, 0.0, 0.5]]
    """
    raise NotImplementedError


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Scaled dot-product attention: (output, weights).

    Q (..., Tq, d), K (..., Tk, d), V (..., Tk, dv), with the same batch axes or none: output
    (..., Tq, dv), weights (..., Tq, Tk). Scores are divided by the root of d.

    mask: bool, True = may attend, of a shape that broadcasts to the weights', whose last axes are
    query and key. A query without any allowed key gets zeros, as weights and as output.

    >>> output, weights = attend(np.ones((1, 4)), np.array([[1.0] * 4, [0.0] * 4]), np.eye(2))
    >>> weights.round(4).tolist()  # scores 4 and 0, divided by 2
    [[0.8808, 0.1192]]
    """
    raise NotImplementedError


def saturated_widths(
    Q: np.ndarray, K: np.ndarray, widths: Sequence[int], root: bool, limit: float
) -> dict[int, float]:
    """The head widths at which attention saturates: {d: mean top weight}.

    A head of width d has the first d columns of Q (Tq, D) and K (Tk, D). The top weight of a query
    is its largest weight; d is saturated where their mean over the queries is above limit.
    root: whether the scores are divided by the root of d, or not at all.

    >>> Q, K = np.array([[0.0, 2.0]]), np.eye(2)
    >>> {d: round(top, 4) for d, top in saturated_widths(Q, K, [1, 2], False, 0.6).items()}
    {2: 0.8808}
    """
    raise NotImplementedError


def causal_mask(Tq: int, Tk: int) -> np.ndarray:
    """Bool (Tq, Tk): query i sees keys 0 to i, also where Tq and Tk differ.

    >>> causal_mask(2, 3).tolist()
    [[True, False, False], [True, True, False]]
    """
    raise NotImplementedError


def padding_mask(lengths: Sequence[int], T: int) -> np.ndarray:
    """Bool (B, 1, T), B = len(lengths): the first lengths[b] keys, 0 to T of them, are tokens.

    The axis of length 1 stands for the queries.

    >>> padding_mask([1, 3], 3).tolist()
    [[[True, False, False]], [[True, True, True]]]
    """
    raise NotImplementedError


def multi_head(
    X: np.ndarray,
    Wq: np.ndarray,
    Wk: np.ndarray,
    Wv: np.ndarray,
    Wo: np.ndarray,
    n_heads: int,
    mask: np.ndarray | None = None,
) -> np.ndarray:
    """Multi-head self-attention: X (B, T, d) to (B, T, d).

    Queries are X @ Wq, keys X @ Wk, values X @ Wv, each W (d, d). Head h attends with columns h*dh
    to (h+1)*dh - 1 of all three, dh = d / n_heads, and is scaled by its own width. Its output
    stands in the same columns; the result is that @ Wo.

    mask broadcasts to (B, T, T): sequence, query, key. It holds in every head.

    >>> X = np.array([[[0.0, 2.0], [4.0, 6.0]]])
    >>> uniform = np.zeros((2, 2))  # all scores equal
    >>> multi_head(X, uniform, uniform, np.eye(2), np.eye(2), 2, causal_mask(2, 2)).tolist()
    [[[0.0, 2.0], [2.0, 4.0]]]
    """
    raise NotImplementedError


def sinusoidal_positions(T: int, d: int) -> np.ndarray:
    """(T, d), d even: column 2k is sin(t / 10000**(2k/d)), column 2k+1 the cosine of the same.

    >>> sinusoidal_positions(2, 4).round(4).tolist()
    [[0.0, 1.0, 0.0, 1.0], [0.8415, 0.5403, 0.01, 1.0]]
    """
    raise NotImplementedError
