"""The maximum is subtracted from the caller's array.

Fails: TestSoftmax::test_the_scores_are_not_changed
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """The result is right; the caller's scores are gone."""
    _require(x.size and (x < np.inf).all(), "x must hold neither NaN nor +inf, and not be empty")
    x -= x.max(axis=axis, keepdims=True, initial=np.finfo(x.dtype).min)
    e = np.exp(x)
    shares: np.ndarray = e / np.maximum(e.sum(axis=axis, keepdims=True), 1)
    return shares
