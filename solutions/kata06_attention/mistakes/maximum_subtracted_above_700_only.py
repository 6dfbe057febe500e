"""The maximum is subtracted only where float64 would overflow.

Fails: TestSoftmax::test_float16_scores_of_12_do_not_overflow (error)
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """float16 overflows at 11.1 already."""
    _require(x.size and (x < np.inf).all(), "x must hold neither NaN nor +inf, and not be empty")
    top = x.max(axis=axis, keepdims=True)
    e = np.exp(x - np.where(top > 700, top, 0))
    total = e.sum(axis=axis, keepdims=True)
    shares: np.ndarray = e / np.where(total == 0, 1, total)
    return shares
