"""Scaled dot-product and multi-head attention, on batches with masks.

Arguments are never changed. attend and multi_head take float arrays of one dtype, float32 or
float64, and return that dtype; NaN, infinity or an array without entries is a ValueError naming
the argument. softmax, attend and multi_head run no Python loop over slices, sequences or tokens.
"""

from collections.abc import Sequence

import numpy as np


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """Exponentials over their sum, along one axis.

    x: floats (float16, float32 or float64) with one axis or more. The result has x's shape and
    dtype. Each slice along `axis` sums to 1 up to rounding, also thousands of float16 scores.
    Scores may be large (1000, or 12 in float16). -inf gets weight exactly 0; a slice that is all
    -inf becomes all zeros.

    ValueError naming x: NaN, +inf, or no entry at all.

    >>> softmax(np.array([[0.0, 0.0, -np.inf], [1000.0, 0.0, 1000.0]])).tolist()
    [[0.5, 0.5, 0.0], [0.5, 0.0, 0.5]]
    """
    raise NotImplementedError


def attend(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Scaled dot-product attention: (output, weights).

    Q (..., Tq, d), K (..., Tk, d), V (..., Tk, dv): `...` is any number of batch axes, none
    included. They are the same in all three and are not broadcast. Output (..., Tq, dv), weights
    (..., Tq, Tk): row i holds the shares that query i gives to the keys. The scores are divided by
    the root of d.

    mask: bool, True = query i may attend to key j. It broadcasts to the weights' shape and may
    not enlarge it or add an axis, not even one of length 1. A forbidden key weighs exactly 0 and
    the allowed ones share the whole 1. A query without any allowed key gets zeros, as weights and
    as output. None allows every key.

    ValueError naming K: its batch axes or its d differ from Q's. V: its batch axes or its Tk
    differ from K's. mask: not bool, or not broadcastable to the weights' shape.

    >>> output, weights = attend(np.ones((1, 4)), np.array([[1.0] * 4, [0.0] * 4]), np.eye(2))
    >>> weights.round(4).tolist()  # scores 4 and 0, divided by 2
    [[0.8808, 0.1192]]
    """
    raise NotImplementedError


def causal_mask(Tq: int, Tk: int) -> np.ndarray:
    """Bool (Tq, Tk): key j is allowed to query i if and only if j <= i, also where Tq != Tk.

    ValueError naming the size that is below 1.

    >>> causal_mask(2, 3).tolist()
    [[True, False, False], [True, True, False]]
    """
    raise NotImplementedError


def padding_mask(lengths: Sequence[int], T: int) -> np.ndarray:
    """Bool (B, 1, T) for B = len(lengths): key j of sequence b is allowed if j < lengths[b].

    The axis of length 1 stands for the queries; there is no axis for heads.

    ValueError naming lengths: a length below 0 or above T (0 and T are legal), or no lengths.
    ValueError naming T: T below 1.

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
    """Multi-head self-attention: X (B, T, d) to (B, T, d), B sequences of T tokens.

    Queries are X @ Wq, keys X @ Wk, values X @ Wv, each W (d, d), no biases. Head h owns their
    columns h*dh to (h+1)*dh - 1, dh = d / n_heads, and attends as `attend` does with its own d,
    dh. The heads' outputs stand side by side in the same columns; the result is that @ Wo.

    mask: bool, broadcasts to (B, T, T), that is sequence, query, key, as in `attend` without
    enlarging it or adding an axis, so none for heads; it holds for every head alike.

    ValueError naming Wq, Wk, Wv or Wo: not (d, d). n_heads: below 1, or no divisor of d.
    mask: not bool, or not broadcastable to (B, T, T).

    >>> X = np.array([[[0.0, 2.0], [4.0, 6.0]]])
    >>> uniform = np.zeros((2, 2))  # all scores equal
    >>> multi_head(X, uniform, uniform, np.eye(2), np.eye(2), 2, causal_mask(2, 2)).tolist()
    [[[0.0, 2.0], [2.0, 4.0]]]
    """
    raise NotImplementedError


def sinusoidal_positions(T: int, d: int) -> np.ndarray:
    """Float64 (T, d): row t is position t = 0 ... T-1, columns form pairs k = 0 ... d/2 - 1.

    Column 2k is sin(t / 10000**(2k/d)), column 2k+1 is cos(t / 10000**(2k/d)).

    ValueError naming T: below 1. ValueError naming d: below 1, or odd.

    >>> sinusoidal_positions(2, 4).round(4).tolist()
    [[0.0, 1.0, 0.0, 1.0], [0.8415, 0.5403, 0.01, 1.0]]
    """
    raise NotImplementedError
