"""1e-9 in the denominator is the guard against 0 / 0.

Fails: TestSoftmax::test_every_slice_sums_to_one
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """No slice sums to 1."""
    _require(x.size and (x < np.inf).all(), "x must hold neither NaN nor +inf, and not be empty")
    top = x.max(axis=axis, keepdims=True, initial=np.finfo(x.dtype).min)
    e = np.exp(x - top)
    shares: np.ndarray = e / (e.sum(axis=axis, keepdims=True) + 1e-9)
    return shares
