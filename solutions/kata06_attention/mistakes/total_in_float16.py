"""The total of float16 exponentials is float16 as well.

Fails: TestSoftmax::test_thousands_of_float16_scores_still_sum_to_one
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """Right for short slices; the total stops growing at 2048."""
    _require(x.size and (x < np.inf).all(), "x must hold neither NaN nor +inf, and not be empty")
    e = np.exp(x - x.max(axis=axis, keepdims=True, initial=np.finfo(x.dtype).min))
    shares: np.ndarray = e / np.maximum(e.sum(axis=axis, keepdims=True), 1)
    return shares
