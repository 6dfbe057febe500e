"""The last axis is normalised, whatever the argument says.

Fails: TestSoftmax::test_any_axis_can_be_the_normalised_one
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """The argument axis reaches nothing."""
    _require(x.size and (x < np.inf).all(), "x must hold neither NaN nor +inf, and not be empty")
    e = np.exp(x - x.max(axis=-1, keepdims=True, initial=np.finfo(x.dtype).min))
    shares: np.ndarray = e / np.maximum(e.sum(axis=-1, keepdims=True), 1)
    return shares
