"""The exponentials are taken of the scores as they come.

Fails: TestSoftmax::test_large_scores_do_not_overflow (error)
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solutions.kata06_attention.attention import _require


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """exp(1000) is infinite."""
    _require(x.size and (x < np.inf).all(), "x must hold neither NaN nor +inf, and not be empty")
    e = np.exp(x)
    total = e.sum(axis=axis, keepdims=True)
    shares: np.ndarray = e / np.where(total == 0, 1, total)
    return shares
