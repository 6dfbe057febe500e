"""The scores become float64 and stay so.

Fails: TestSoftmax::test_the_dtype_is_kept
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """Safe from overflow, and twice or four times as large."""
    _require(x.size and (x < np.inf).all(), "x must hold neither NaN nor +inf, and not be empty")
    wide = np.asarray(x, dtype=float)
    e = np.exp(wide - wide.max(axis=axis, keepdims=True, initial=np.finfo(float).min))
    shares: np.ndarray = e / np.maximum(e.sum(axis=axis, keepdims=True), 1)
    return shares
