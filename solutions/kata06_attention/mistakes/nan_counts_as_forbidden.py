"""NaN is read as -inf, and +inf as a large number.

Fails: TestSoftmax::test_nan_and_plus_infinity_are_refused
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """The fault upstream disappears from sight."""
    _require(x.size, "x must not be empty")
    known = np.nan_to_num(x, nan=-np.inf, neginf=-np.inf)
    top = known.max(axis=axis, keepdims=True, initial=np.finfo(x.dtype).min)
    e = np.exp(known - top)
    shares: np.ndarray = e / np.maximum(e.sum(axis=axis, keepdims=True), 1)
    return shares
